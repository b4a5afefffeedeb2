--TEST--
with enable_preemptive_scheduler a coroutine that only works gives way
--FILE--
<?php
use Swoole\{Coroutine, Event};
Coroutine::set(['enable_preemptive_scheduler' => true]);
$busy = true;
go(function () use (&$busy) {
    echo "busy\n";
    while ($busy) {
    }
    echo "not busy any more\n";
});
go(function () use (&$busy) {
    echo "the other one\n";
    $busy = false;
});
// Several, and one that waits for a time.
$done = 0;
go(function () use (&$done) { Coroutine::sleep(0.001); $done = 10; echo "slept\n"; });
foreach ([1, 2] as $i) {
    go(function () use (&$done) {
        while ($done < 10) {
        }
        $done++;
    });
}
echo "the main program\n";
Event::wait();
echo "$done\n";
?>
--EXPECT--
busy
the other one
the main program
slept
not busy any more
12
