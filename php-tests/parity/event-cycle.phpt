--TEST--
Event::cycle: called after each turn of the loop, or before it with the second argument; null removes it.
--FILE--
<?php
// Pins: Event::cycle: called after each turn of the loop, or before it with the second argument; null removes it.
// Status: documented.
use Swoole\{Event, Timer};

/** A timer that waits for five turns of the loop after the one before, and for no time. */
function step(int $ms, callable $do): void
{
    static $steps = [];
    $steps[] = $do;
    count($steps) > 1 || Timer::tick(1, function (int $id) use (&$steps): void {
        static $turn = 0;
        if (++$turn % 5 === 0) {
            array_shift($steps)();
            $steps || Timer::clear($id);
        }
    });
}

$n = 0;
var_dump(Event::cycle(function () use (&$n) { $n++; }));
step(30, fn () => print("timer 1\n"));
step(100, function () use (&$n) {
    echo 'cycles so far at least one: ', json_encode($n >= 1), "\n";
    var_dump(Event::cycle(null), Event::cycle(null));
    $n = 0;
});
step(180, function () use (&$n) {
    echo "cycles after removal: $n\n";
    $m = 0;
    Event::cycle(function () use (&$m) { if (++$m === 1) { echo "before a turn\n"; Event::cycle(null, true); } }, true);
});
step(260, fn () => print("timer 4\n"));
Event::wait();
--EXPECT--
bool(true)
timer 1
cycles so far at least one: true
bool(true)
bool(false)
cycles after removal: 0
before a turn
timer 4
