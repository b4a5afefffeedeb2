--TEST--
Timer::tick: the id comes first, then the arguments; clear inside the callback; clear returns.
--FILE--
<?php
// Pins: Timer::tick: the id comes first, then the arguments; clear inside the callback; clear returns.
// Status: documented.
use Swoole\{Event, Timer};
$n = 0;
$id = Timer::tick(30, function (...$args) use (&$n, &$id) {
    echo ++$n, ': id ', json_encode($args[0] === $id), ' rest ', json_encode(array_slice($args, 1)), "\n";
    if ($n === 3) {
        var_dump(Timer::exists($id), Timer::clear($id), Timer::clear($id), Timer::exists($id));
    }
}, 'a', ['k' => 'v']);
Event::wait();
var_dump(Timer::exists($id), Timer::clear($id), Timer::info($id));
--EXPECT--
1: id true rest ["a",{"k":"v"}]
2: id true rest ["a",{"k":"v"}]
3: id true rest ["a",{"k":"v"}]
bool(true)
bool(true)
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
