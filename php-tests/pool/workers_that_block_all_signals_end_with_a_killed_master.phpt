--TEST--
workers that have blocked all signals, and one whose signal handler waits in a coroutine, end when the master is killed or told to stop
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
$path = sys_get_temp_dir() . '/pool-of-deaf-workers-' . getmypid();
function block_all(): void
{
    pcntl_sigprocmask(SIG_BLOCK, [...range(1, 31), ...range(35, 64)]);
}
$kinds = [
    'UNIXSOCK' => [SWOOLE_IPC_UNIXSOCK, false], 'MSGQUEUE' => [SWOOLE_IPC_MSGQUEUE, false],
    'SOCKET' => [SWOOLE_IPC_SOCKET, false], 'coroutine' => [SWOOLE_IPC_UNIXSOCK, true],
];
foreach ($kinds as $kind => [$type, $coroutine]) {
    foreach (['at the start', 'in a message'] as $when) {
        foreach (['killed' => SIGKILL, 'stopped' => SIGTERM] as $how => $signal) {
            // A client is more than this takes, and what blocks is the same.
            if ($when === 'in a message' && $type === SWOOLE_IPC_SOCKET) {
                continue;
            }
            $wire = new Wire();
            $master = apart(function () use ($wire, $type, $coroutine, $when, $path) {
                $pool = new Pool(1, $type, 0, $coroutine);
                // Longer than this test may take: it ends by itself, or not at all.
                $pool->set(['max_wait_time' => 600]);
                $type === SWOOLE_IPC_SOCKET && $pool->listen("unix:$path");
                $pool->on('WorkerStart', function (Pool $pool) use ($wire, $type, $when) {
                    if ($when === 'at the start') {
                        block_all();
                        $wire->tell('blocked');
                    } elseif ($type === SWOOLE_IPC_MSGQUEUE) {
                        $pool->getProcess()->push('x');
                    } else {
                        $pool->sendMessage('x', 0);
                    }
                });
                $pool->on('Message', function () use ($wire) {
                    block_all();
                    $wire->tell('blocked');
                });
                $pool->on('WorkerStop', fn () => $wire->tell('WorkerStop'));
                $pool->start();
            });
            $wire->hear();
            posix_kill($master, $signal);
            // The end comes when nobody holds the wire.
            echo "$kind, blocked $when, $how: ", ending_of($master), ', ', implode(' ', $wire->hearAll()), "\n";
        }
    }
}
$wire = new Wire();
$master = apart(function () use ($wire) {
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK, 0, true);
    $pool->set(['max_wait_time' => 0.3]);
    $pool->on('WorkerStart', function () use ($wire) {
        pcntl_async_signals(true);
        pcntl_signal(SIGUSR2, function () use ($wire) {
            $wire->tell('handler');
            Coroutine::sleep(600);
        });
        posix_kill(getmypid(), SIGUSR2);
    });
    $pool->on('Message', fn () => 0);
    $pool->start();
});
$wire->hear();
posix_kill($master, SIGKILL);
echo 'a handler that waits: ', ending_of($master), ', ', implode(' ', $wire->hearAll()), "\n";
?>
--EXPECT--
UNIXSOCK, blocked at the start, killed: signal 9, WorkerStop
UNIXSOCK, blocked at the start, stopped: code 0, WorkerStop
UNIXSOCK, blocked in a message, killed: signal 9, WorkerStop
UNIXSOCK, blocked in a message, stopped: code 0, WorkerStop
MSGQUEUE, blocked at the start, killed: signal 9, WorkerStop
MSGQUEUE, blocked at the start, stopped: code 0, WorkerStop
MSGQUEUE, blocked in a message, killed: signal 9, WorkerStop
MSGQUEUE, blocked in a message, stopped: code 0, WorkerStop
SOCKET, blocked at the start, killed: signal 9, WorkerStop
SOCKET, blocked at the start, stopped: code 0, WorkerStop
coroutine, blocked at the start, killed: signal 9, WorkerStop
coroutine, blocked at the start, stopped: code 0, WorkerStop
coroutine, blocked in a message, killed: signal 9, WorkerStop
coroutine, blocked in a message, stopped: code 0, WorkerStop
a handler that waits: signal 9, 
