--TEST--
disableScheduler lets the coroutine that calls it keep the processor
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
Coroutine::set(['enable_preemptive_scheduler' => true]);
function work(): void {
    // More than it takes to be made to give way.
    $begin = getrusage();
    do {
        $now = getrusage();
        $used = ($now['ru_utime.tv_sec'] - $begin['ru_utime.tv_sec']) * 1000000 + $now['ru_utime.tv_usec'] - $begin['ru_utime.tv_usec']
            + ($now['ru_stime.tv_sec'] - $begin['ru_stime.tv_sec']) * 1000000 + $now['ru_stime.tv_usec'] - $begin['ru_stime.tv_usec'];
    } while ($used < 100000);
}
run(function () {
    go(function () {
        var_dump(Coroutine::disableScheduler(), Coroutine::disableScheduler());
        work();
        echo "worked\n";
        // It may be made to give way at once.
        $enabled = [Coroutine::enableScheduler(), Coroutine::enableScheduler()];
        work();
        echo "worked again\n";
        var_dump(...$enabled);
    });
    echo "the other one\n";
});
var_dump(Coroutine::disableScheduler(), Coroutine::enableScheduler());
?>
--EXPECT--
bool(true)
bool(false)
worked
the other one
worked again
bool(true)
bool(false)
bool(false)
bool(false)
