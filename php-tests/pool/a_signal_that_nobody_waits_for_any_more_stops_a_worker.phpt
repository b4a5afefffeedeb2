--TEST--
a worker without coroutines that has waited for SIGTERM in vain is stopped by SIGTERM between two messages
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Coroutine\System;
use Swoole\Process\Pool;
use function Swoole\Coroutine\run;

foreach ([SWOOLE_IPC_UNIXSOCK, SWOOLE_IPC_MSGQUEUE] as $ipc) {
    $pool = new Pool(1, $ipc);
    // Were the signal lost, the worker would be killed after an hour.
    $pool->set(['max_wait_time' => 3600]);
    $pool->on('WorkerStart', function (Pool $pool) use ($ipc) {
        $ipc === SWOOLE_IPC_UNIXSOCK ? $pool->sendMessage('x', 0) : $pool->getProcess()->push('x');
    });
    $pool->on('Message', function (Pool $pool) {
        run(fn () => print('waited in vain: ' . json_encode(System::waitSignal(SIGTERM, 0.001)) . "\n"));
        posix_kill($pool->master_pid, SIGTERM);
    });
    $pool->on('WorkerStop', fn () => print("WorkerStop\n"));
    $pool->start();
}
echo "over\n";
?>
--EXPECT--
waited in vain: false
WorkerStop
waited in vain: false
WorkerStop
over
