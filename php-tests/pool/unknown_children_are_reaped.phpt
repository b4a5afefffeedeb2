--TEST--
the master reaps children that are no workers, and reports none of them
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
$wire = new Wire();
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
$children = [];
$pool->on('Start', function () use (&$children) {
    $children[] = (new Process(fn () => exit(3), false, 0))->start();
    if (($children[] = pcntl_fork()) === 0) {
        posix_kill(getmypid(), SIGKILL);
    }
});
$pool->on('WorkerStart', function (Pool $pool) use (&$children, $wire) {
    foreach ($children as $child) {
        until(fn () => state($child) === null);
        $wire->tell('is gone');
    }
    $pool->shutdown();
});
$pool->on('Message', fn () => 0);
$pool->on('WorkerError', fn () => $wire->tell('WorkerError'));
$pool->start();
echo implode("\n", $wire->hearAll()), "\n";
var_dump(Process::wait(false));
?>
--EXPECT--
is gone
is gone
bool(false)
