--TEST--
without async signals the handler waits for pcntl_signal_dispatch(), and read() goes on all the same
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$handled = 0;
pcntl_signal(SIGUSR1, function () use (&$handled) {
    $handled++;
});
$main = getmypid();
foreach (TYPES as $name => $type) {
    $p = new Process(function (Process $p) use ($main) {
        until_asleep($main);
        posix_kill($main, SIGUSR1);
        until_asleep($main);
        $p->write('data');
    }, false, $type);
    $p->start();
    echo "$name: ", json_encode($p->read()), ", handled $handled times, ";
    pcntl_signal_dispatch();
    echo "after the dispatch $handled times\n";
    Process::wait();
}
?>
--EXPECT--
stream: "data", handled 0 times, after the dispatch 1 times
message: "data", handled 1 times, after the dispatch 2 times
