--TEST--
a child that pcntl_fork() makes in a worker ends by SIGTERM, although the worker itself notes it
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
foreach ([false, true] as $handled) {
    $wire = new Wire();
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
    $pool->on('WorkerStart', function (Pool $pool) use ($wire, $handled) {
        if ($handled) {
            pcntl_async_signals(true);
            pcntl_signal(SIGTERM, fn () => exit(7));
        }
        if (($child = pcntl_fork()) === 0) {
            $wire->tell('the child is there');
            while (true) {
                sleep(100);
            }
        }
        until_asleep($child);
        posix_kill($child, SIGTERM);
        $wire->tell(ending_of($child));
        pcntl_signal(SIGTERM, SIG_DFL);
        $pool->shutdown();
    });
    $pool->on('Message', fn () => null);
    $pool->start();
    echo implode("\n", $wire->hearAll()), "\n";
}
?>
--EXPECT--
the child is there
signal 15
the child is there
code 7
