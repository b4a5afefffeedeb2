--TEST--
the sleep family lets other coroutines run, and says what PHP says
--FILE--
<?php
use Swoole\{Coroutine, Runtime};
use function Swoole\Coroutine\{run, go};
run(function () {
    foreach (['sleep' => [1], 'usleep' => [700000], 'time_nanosleep' => [0, 400000000], 'time_sleep_until' => [microtime(true) + 0.15]] as $f => $args) {
        go(function () use ($f, $args) { $r = $f(...$args); echo "$f ", json_encode($r), "\n"; });
    }
    echo "all sleep\n";
});
run(function () {
    $bad = [['sleep', -1], ['usleep', -1], ['time_nanosleep', -1, 1], ['time_nanosleep', 1, -1], ['time_nanosleep', 1, 1000000000], ['sleep', 'x']];
    foreach ($bad as $call) {
        try {
            array_shift($call)(...$call) ;
        } catch (Error $e) {
            echo get_class($e), ': ', $e->getMessage(), "\n";
        }
    }
    var_dump(time_sleep_until(1), sleep(0), usleep(0));
    foreach (['sleep' => [100], 'time_nanosleep' => [100, 0], 'time_sleep_until' => [PHP_INT_MAX], 'usleep' => [PHP_INT_MAX]] as $f => $args) {
        $cid = go(function () use ($f, $args) { $r = $f(...$args); echo "$f ", is_array($r) ? implode(' ', array_keys($r)) : json_encode($r), "\n"; });
        Coroutine::cancel($cid);
    }
});
?>
--EXPECTF--
all sleep
time_sleep_until true
time_nanosleep true
usleep null
sleep 0
ValueError: sleep(): Argument #1 ($seconds) must be greater than or equal to 0
ValueError: usleep(): Argument #1 ($microseconds) must be greater than or equal to 0
ValueError: time_nanosleep(): Argument #1 ($seconds) must be greater than or equal to 0
ValueError: time_nanosleep(): Argument #2 ($nanoseconds) must be greater than or equal to 0
ValueError: Nanoseconds was not in the range 0 to 999 999 999 or seconds was negative
TypeError: sleep(): Argument #1 ($seconds) must be of type int, string given

Warning: time_sleep_until(): Argument #1 ($timestamp) must be greater than or equal to the current time in %s on line %d
bool(false)
int(0)
NULL
sleep 100
time_nanosleep seconds nanoseconds
time_sleep_until false
usleep null
