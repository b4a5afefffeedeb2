--TEST--
a function for ticks cannot wait and is not preempted; what it starts or wakes runs from the loop
--FILE--
<?php
declare(ticks=1);
use Swoole\Coroutine;
use function Swoole\Coroutine\{go, run};

/** Does something at the next tick, once. */
final class Once
{
    public static ?Closure $do = null;

    public static function tick(): void
    {
        if (self::$do !== null) {
            [$do, self::$do] = [self::$do, null];
            $do();
        }
    }
}
register_tick_function(Once::tick(...));
function at_the_next_tick(Closure $do): void
{
    Once::$do = $do;
}

run(function () {
    $wakes = go(function () { Coroutine::yield(); echo "woken\n"; });
    go(function () use ($wakes) {
        at_the_next_tick(function () use ($wakes) {
            foreach ([fn () => Coroutine::sleep(0.001), Coroutine::yield(...)] as $wait) {
                try {
                    $wait();
                    echo "waited\n";
                } catch (Swoole\Error $e) {
                    echo $e->getMessage(), "\n";
                }
            }
            go(fn () => print("started\n"));
            Coroutine::resume($wakes);
        });
        $x = 1;
        echo "goes on\n";
    });
});

// One that would wait until the script ends.
go(function () {
    at_the_next_tick(function () {
        try {
            Coroutine::yield();
        } catch (Swoole\Error $e) {
            echo $e->getMessage(), "\n";
        }
    });
    $x = 1;
});

// A child that is started there begins anew.
$child = new Swoole\Process(function () {
    run(function () { Coroutine::sleep(0.001); echo "child waits\n"; });
}, false, 0);
at_the_next_tick(fn () => $child->start());
Swoole\Process::wait();
echo "end\n";
?>
--EXPECT--
cannot switch coroutines in the current execution context
cannot switch coroutines in the current execution context
goes on
started
woken
cannot switch coroutines in the current execution context
child waits
end
