--TEST--
With keep_message and max_retries, a worker that is killed at any moment loses no message that comes through a pair or a queue of the pool
--SKIPIF--
<?php extension_loaded('posix') || die('skip needs posix'); ?>
--FILE--
<?php
use Swoole\{Atomic, Process, Process\Pool, Table};

const KILLS = 15;
foreach (['pair' => SWOOLE_IPC_UNIXSOCK, 'queue' => SWOOLE_IPC_MSGQUEUE] as $name => $ipc) {
    $handled = new Table(1 << 17);
    $handled->column('times', Table::TYPE_INT);
    $handled->create();
    $sent = new Atomic();
    $pool = new Pool(1, $ipc);
    $pool->set(['keep_message' => 100, 'max_retries' => 1000, 'restart_delay' => 0.001, 'restart_max_delay' => 0.001,
        'log_level' => SWOOLE_LOG_NONE]);
    $pool->on('Message', function (Pool $pool, string $text) use ($handled) {
        if ($text === 'end') {
            $pool->shutdown();
        } else {
            $handled->incr($text, 'times');
        }
    });
    $pool->on('Start', function (Pool $pool) use ($ipc, $sent) {
        (new Process(function () use ($pool, $ipc, $sent) {
            $send = $ipc === SWOOLE_IPC_UNIXSOCK ? fn (string $text) => $pool->sendMessage($text, 0) : $pool->getProcess(0)->push(...);
            $killed = [];
            // So many messages wait for the worker that it is killed between two of them.
            for ($number = 0; count($killed) < KILLS && $number < 100_000; $number++) {
                while (!$send((string) $number)) {
                    usleep(100);
                }
                $pid = $number % 64 === 63 ? $pool->stats()['workers'][0]['pid'] ?? 0 : 0;
                if ($pid > 0 && !isset($killed[$pid]) && posix_kill($pid, SIGKILL)) {
                    $killed[$pid] = true;
                }
            }
            $sent->set($number);
            $send('end');
        }))->start();
    });
    $pool->start();
    $lost = array_filter(range(0, $sent->get() - 1), fn (int $number) => !$handled->exists((string) $number));
    echo "$name: ", count($lost), " lost\n";
}
?>
--EXPECT--
pair: 0 lost
queue: 0 lost
