--TEST--
alarm(): a signal again and again until it is cleared by nought or less; a kind that is none is refused
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
pcntl_async_signals(true);
$count = 0;
pcntl_signal(SIGALRM, function () use (&$count) {
    $count++;
});
foreach ([0, -1, PHP_INT_MIN] as $clear) {
    $count = 0;
    var_dump(Process::alarm(5000));
    while ($count < 3) {
        usleep(100000);
    }
    var_dump(Process::alarm($clear));
    $count = 0;
    usleep(20000);
    echo "$count after it was cleared\n";
}
// Processor time, which only work takes.
pcntl_signal(SIGVTALRM, function () use (&$count) {
    $count += 10;
});
pcntl_signal(SIGPROF, function () use (&$count) {
    $count += 100;
});
foreach ([1, 2] as $type) {
    $count = 0;
    var_dump(Process::alarm(1000, $type));
    for ($end = hrtime(true) + 5e9; $count === 0 && hrtime(true) < $end;);
    var_dump(Process::alarm(0, $type), $count > 0 && $count % 10 ** $type === 0);
}
foreach ([3, -1, PHP_INT_MAX] as $type) {
    var_dump(Process::alarm(1000, $type));
}
// A second and more: microseconds above the second are the kernel's seconds.
// How alarm(2) rounds is the C library's.
var_dump(Process::alarm(1500000), in_array(pcntl_alarm(0), [1, 2], true));
var_dump(Process::alarm(PHP_INT_MAX), pcntl_alarm(0) > 1000000);
// A child has none of its parent's alarms.
Process::alarm(2000);
$p = new Process(function () use (&$count) {
    $count = 0;
    usleep(20000);
    exit($count);
}, false, 0);
$p->start();
while (($end = Process::wait()) === false);
Process::alarm(0);
echo ending($end), "\n";
?>
--EXPECTF--
bool(true)
bool(true)
0 after it was cleared
bool(true)
bool(true)
0 after it was cleared
bool(true)
bool(true)
0 after it was cleared
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)

Warning: Swoole\Process::alarm(): setitimer() failed, Error: Invalid argument[22] in %s on line %d
bool(false)

Warning: Swoole\Process::alarm(): setitimer() failed, Error: Invalid argument[22] in %s on line %d
bool(false)

Warning: Swoole\Process::alarm(): setitimer() failed, Error: Invalid argument[22] in %s on line %d
bool(false)
bool(true)
bool(true)
bool(true)
bool(true)
code 0
