--TEST--
workers whose master was killed take the path of its socket, or its queue, along
--EXTENSIONS--
pcntl
posix
--SKIPIF--
<?php
if (!is_readable('/proc/sysvipc/msg')) die('skip no list of queues in /proc');
?>
--FILE--
<?php
require __DIR__ . '/support.inc';
use Swoole\Process;
use Swoole\Process\Pool;

$path = sys_get_temp_dir() . '/pool-orphans-' . getmypid();
foreach ([SWOOLE_IPC_SOCKET, SWOOLE_IPC_MSGQUEUE] as $type) {
    $master = new Process(function (Process $process) use ($type, $path) {
        $pool = new Pool(3, $type);
        if ($type === SWOOLE_IPC_SOCKET) {
            $pool->listen("unix:$path");
        }
        $pool->on('WorkerStart', function (Pool $pool, int $id) use ($process, $type) {
            $queue = $type === SWOOLE_IPC_MSGQUEUE ? $pool->getProcess()->msgQueueId : 0;
            $process->write(getmypid() . " $queue");
        });
        $pool->on('Message', fn () => null);
        $pool->start();
    });
    $pid = $master->start();
    $workers = [];
    for ($i = 0; $i < 3; $i++) {
        [$worker, $queue] = array_map('intval', explode(' ', $master->read()));
        $workers[] = $worker;
    }
    echo $type === SWOOLE_IPC_SOCKET ? (file_exists($path) ? "a socket\n" : "no socket\n")
        : (in_array($queue, queues(), true) ? "a queue\n" : "no queue\n");
    Process::kill($pid, SIGKILL);
    echo ending(Process::wait()), "\n";
    array_map('until_ended', $workers);
    clearstatcache();
    echo $type === SWOOLE_IPC_SOCKET ? (file_exists($path) ? "a socket\n" : "no socket\n")
        : (in_array($queue, queues(), true) ? "a queue\n" : "no queue\n");
}
?>
--EXPECT--
a socket
signal 9
no socket
a queue
signal 9
no queue
