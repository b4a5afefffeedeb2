--TEST--
a worker that changes its user in WorkerStart still ends when its master is killed
--EXTENSIONS--
pcntl
posix
--SKIPIF--
<?php
if (posix_geteuid() !== 0) die('skip only root can change its user');
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';
use Swoole\Process;
use Swoole\Process\Pool;

foreach ([false, true] as $coroutine) {
    $master = new Process(function (Process $process) use ($coroutine) {
        $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK, 0, $coroutine);
        $pool->on('WorkerStart', function (Pool $pool) {
            posix_setgid(65534) && posix_setuid(65534) || exit(1);
            $pool->sendMessage('is there', 0);
        });
        $pool->on('Message', fn () => $process->write((string) getmypid()));
        $pool->start();
    });
    $pid = $master->start();
    $worker = (int) $master->read();
    Process::kill($pid, SIGKILL);
    echo ending(Process::wait()), "\n";
    until_ended($worker);
    echo "the worker too\n";
}
?>
--EXPECT--
signal 9
the worker too
signal 9
the worker too
