--TEST--
when the master is killed its workers end: at once, when they have handled what is there, or by their kill timer
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
$kinds = [
    'NONE' => [SWOOLE_IPC_NONE, false, null], 'NONE, ignores SIGTERM' => [SWOOLE_IPC_NONE, false, SIG_IGN],
    'NONE, handles SIGTERM' => [SWOOLE_IPC_NONE, false, fn () => 0], 'UNIXSOCK' => [SWOOLE_IPC_UNIXSOCK, false, null],
    'UNIXSOCK, ignores SIGTERM' => [SWOOLE_IPC_UNIXSOCK, false, SIG_IGN], 'UNIXSOCK, handles SIGTERM' => [SWOOLE_IPC_UNIXSOCK, false, fn () => 0],
    'coroutine' => [SWOOLE_IPC_UNIXSOCK, true, null], 'coroutine, ignores SIGTERM' => [SWOOLE_IPC_UNIXSOCK, true, SIG_IGN],
];
foreach ($kinds as $kind => [$type, $coroutine, $handler]) {
    $wire = new Wire();
    $master = apart(function () use ($wire, $type, $coroutine, $handler) {
        $pool = new Pool(2, $type, 0, $coroutine);
        // Those that end by themselves have all the time they need.
        $pool->set(['max_wait_time' => $handler === null ? 60 : 0.3]);
        $pool->on('WorkerStart', function () use ($wire, $handler, $type) {
            pcntl_async_signals(true);
            if ($handler !== null) {
                pcntl_signal(SIGTERM, $handler);
            }
            $wire->tell('ready');
            while ($type === SWOOLE_IPC_NONE) {
                sleep(100);
            }
        });
        if ($type !== SWOOLE_IPC_NONE) {
            $pool->on('Message', fn () => 0);
        }
        $pool->on('WorkerStop', fn () => $wire->tell('WorkerStop'));
        $pool->start();
    });
    $wire->hearSorted(2);
    posix_kill($master, SIGKILL);
    // The end comes when nobody holds the wire.
    echo "$kind: ", ending_of($master), ', ', implode(' ', $wire->hearAll()), "\n";
}
?>
--EXPECT--
NONE: signal 9, 
NONE, ignores SIGTERM: signal 9, 
NONE, handles SIGTERM: signal 9, 
UNIXSOCK: signal 9, WorkerStop WorkerStop
UNIXSOCK, ignores SIGTERM: signal 9, 
UNIXSOCK, handles SIGTERM: signal 9, 
coroutine: signal 9, WorkerStop WorkerStop
coroutine, ignores SIGTERM: signal 9, 
