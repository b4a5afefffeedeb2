--TEST--
the next worker handles what waits for a killed or reloaded one; at the end the log tells what is left
--EXTENSIONS--
pcntl
posix
sysvmsg
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();
foreach (['SIGKILL', 'exit', 'exception', 'reload'] as $how) {
    foreach ([SWOOLE_IPC_UNIXSOCK, SWOOLE_IPC_MSGQUEUE] as $type) {
        $wire = new Wire();
        $key = $type === SWOOLE_IPC_MSGQUEUE ? random_int(1, 1 << 30) : 0;
        $pool = new Pool(1, $type, $key);
        $pool->on('Start', function (Pool $pool) use ($key) {
            for ($i = 0; $i < 20; $i++) {
                $key ? msg_send(msg_get_queue($key), 1, (string) $i, false) : $pool->sendMessage((string) $i, 0);
            }
        });
        $pool->on('Message', function (Pool $pool, string $message) use ($wire, $how) {
            $wire->tell($message);
            if ($message === '7') {
                ini_set('display_errors', 0);
                match ($how) {
                    'SIGKILL' => posix_kill(getmypid(), SIGKILL),
                    'exit' => exit(1),
                    'exception' => throw new Exception(),
                    'reload' => posix_kill(posix_getppid(), SIGUSR1),
                };
                // The reload is to come before the next message.
                until(fn () => $pool->stats()['workers'][0]['state'] === 'stopping');
            }
            $message === '19' && $pool->shutdown();
        });
        $pool->start();
        $key && msg_remove_queue(msg_get_queue($key));
        echo "$how: ", implode(' ', $wire->hearAll()), "\n";
    }
}
file_put_contents(log_file(), '');
foreach ([SWOOLE_IPC_UNIXSOCK, SWOOLE_IPC_MSGQUEUE] as $type) {
    $wire = new Wire();
    $pool = new Pool(1, $type);
    $pool->set(['max_wait_time' => 3]);
    $send = fn (Pool $pool, string $text) => $type === SWOOLE_IPC_MSGQUEUE ? $pool->getProcess(0)->push($text) : $pool->sendMessage($text, 0);
    $pool->on('Start', function (Pool $pool) use ($send) {
        array_map(fn (string $text) => $send($pool, $text), ['stop', 'a', 'b', 'c', 'slow', 'd', 'e']);
    });
    $pool->on('Message', function (Pool $pool, string $message) use ($wire) {
        $wire->tell($message);
        if ($message === 'stop') {
            $pool->shutdown();
            until(fn () => $pool->stats()['state'] === 'stopping');
        } elseif ($message === 'slow') {
            usleep(1600000);
        }
    });
    $pool->on('WorkerStop', fn () => $wire->tell('WorkerStop'));
    $pool->start();
    echo implode(' ', $wire->hearAll()), "\n", implode("\n", log_lines()), "\n";
    file_put_contents(log_file(), '');
}
?>
--EXPECT--
SIGKILL: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
SIGKILL: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
exit: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
exit: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
exception: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
exception: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
reload: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
reload: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
stop a b c slow WorkerStop
WARNING	the process pool ended before 2 messages were handled
stop a b c slow WorkerStop
WARNING	the process pool ended before 2 messages were handled
