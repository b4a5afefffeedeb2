--TEST--
the queue of the pool's own has mode 0600, and workers that change their user go on with it
--EXTENSIONS--
pcntl
posix
--SKIPIF--
<?php
if (!is_readable('/proc/sysvipc/msg')) die('skip no list of queues in /proc');
if (posix_geteuid() !== 0) die('skip only root can change its user');
?>
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
/** Permissions, owner and maker of a queue. */
function access(int $queue): string
{
    foreach (array_slice(file('/proc/sysvipc/msg'), 1) as $line) {
        $words = preg_split('/\s+/', trim($line));
        if ((int) $words[1] === $queue) {
            return "mode $words[2]" . ($words[2] === '600' ? ", owner $words[7], maker $words[9]" : '');
        }
    }
    return 'none';
}
$ways = [
    'nobody changes' => [fn () => null, fn () => null],
    'WorkerStart, setuid' => [fn () => posix_setgid(65534) && posix_setuid(65534), fn () => null],
    'Message, seteuid' => [fn () => null, fn () => posix_seteuid(65534)],
    'Message, seteuid and back' => [fn () => null, fn () => posix_seteuid('65534') && posix_seteuid(0)],
    'two users' => [fn (int $id) => posix_seteuid(65533 + $id), fn () => null],
];
foreach ($ways as $way => [$start, $message]) {
    [$wire, $ready] = [new Wire(), new Wire()];
    $master = apart(function () use ($wire, $ready, $start, $message) {
        $pool = new Pool(2, SWOOLE_IPC_MSGQUEUE);
        $pool->on('WorkerStart', function (Pool $pool, int $id) use ($start, $ready) {
            $start($id);
            $ready->tell('ready');
            // Both have changed.
            if ($id === 1) {
                $ready->hear();
                $ready->hear();
                $pool->getProcess()->push(str_repeat('x', 50));
            }
        });
        $pool->on('Message', function (Pool $pool, string $text) use ($wire, $message) {
            $message();
            $more = strlen($text) > 1;
            $wire->tell($more ? $pool->getProcess()->push(substr($text, 1)) : 'last: ' . access($pool->getProcess()->msgQueueId));
        });
        $pool->on('WorkerError', fn () => $wire->tell('WorkerError'));
        $pool->start();
    });
    $lines = [];
    do {
        $lines[] = $wire->hear();
    } while (!str_starts_with(end($lines), 'last'));
    posix_kill($master, SIGTERM);
    echo "$way: ", end($lines), ', ', ending_of($master), ', ';
    echo json_encode(array_values(preg_grep('/false|WorkerError/', [...$lines, ...$wire->hearAll()]))), "\n";
}
?>
--EXPECT--
nobody changes: last: mode 600, owner 0, maker 0, code 0, []
WorkerStart, setuid: last: mode 600, owner 65534, maker 0, code 0, []
Message, seteuid: last: mode 600, owner 65534, maker 0, code 0, []
Message, seteuid and back: last: mode 600, owner 65534, maker 0, code 0, []
two users: last: mode 666, code 0, []
