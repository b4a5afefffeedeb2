--TEST--
a pool in a cycle with its callbacks, with and without a run, is freed, and leaves no descriptor
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
class Told extends Pool
{
    public mixed $self = null;

    public function __destruct()
    {
        $this->workerPid === -1 && print("freed\n");
    }
}
gc_collect_cycles();
$before = count(links());
foreach ([SWOOLE_IPC_NONE, SWOOLE_IPC_UNIXSOCK, SWOOLE_IPC_MSGQUEUE, SWOOLE_IPC_SOCKET] as $type) {
    foreach ([false, true] as $run) {
        $pool = new Told(1, $type);
        $pool->self = $pool;
        $path = sys_get_temp_dir() . '/pool-' . getmypid();
        $type === SWOOLE_IPC_SOCKET && $pool->listen("unix:$path");
        $pool->on('WorkerStart', fn () => $pool->shutdown());
        $type === SWOOLE_IPC_NONE || $pool->on('Message', fn () => $pool);
        if ($run) {
            // Neither the worker.
            $pool->on('Start', fn () => $pool->getProcess(0));
            $pool->start();
        }
        $pool = null;
        gc_collect_cycles();
        echo "$type ", json_encode([$run, count(links()) - $before, file_exists($path)]), "\n";
    }
}
?>
--EXPECT--
freed
0 [false,0,false]
freed
0 [true,0,false]
freed
1 [false,0,false]
freed
1 [true,0,false]
freed
2 [false,0,false]
freed
2 [true,0,false]
freed
3 [false,0,false]
freed
3 [true,0,false]
