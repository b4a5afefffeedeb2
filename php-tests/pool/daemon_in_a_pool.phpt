--TEST--
daemon() in Start makes the daemon the master, in a worker it takes the worker out of the pool, and a master with workers cannot become one
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
$wire = new Wire();
$lives = tempnam(sys_get_temp_dir(), 'lives');
$master = apart(function () use ($wire, $lives) {
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
    $pool->on('Start', fn () => Process::daemon(true, true));
    $pool->on('WorkerStart', function (Pool $pool) use ($wire, $lives) {
        $wire->tell('the master is the parent', $pool->master_pid === posix_getppid());
        file_put_contents($lives, '.', FILE_APPEND);
        if (filesize($lives) === 1) {
            $pool->sendMessage('hello', 0);
        } else {
            $pool->shutdown();
        }
    });
    $pool->on('Message', function (Pool $pool, string $message) use ($wire) {
        $wire->tell("message $message");
        $wire->tell('daemon', Process::daemon(true, true));
        $wire->tell('the daemon is nobody\'s worker', $pool->detach());
    });
    $pool->on('WorkerStop', fn () => $wire->tell('WorkerStop'));
    $pool->on('Shutdown', function () use ($wire) {
        $wire->tell(Process::daemon(true, true));
        $wire->tell(error_get_last()['message']);
    });
    $wire->tell('start', @$pool->start());
});
echo ending_of($master), "\n";
$lines = $wire->hearAll();
sort($lines);
echo implode("\n", array_unique($lines)), "\n";
unlink($lives);
?>
--EXPECT--
code 0
Swoole\Process::daemon(): the master of a running pool cannot become a daemon
WorkerStop
daemon true
false
message hello
start null
the daemon is nobody's worker false
the master is the parent true
