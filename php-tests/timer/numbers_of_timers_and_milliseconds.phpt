--TEST--
numbers count from 1 and are never used again; what after() and tick() take as milliseconds
--FILE--
<?php
use Swoole\{Event, Timer};
echo json_encode([Timer::after(1, fn () => null), Timer::tick(1000, fn () => null), swoole_timer_after(1, fn () => null)]), "\n";
Timer::clearAll();
Event::wait();
echo json_encode([Timer::after(1, fn () => null), Timer::clear(1), Timer::clear(0), Timer::clear(-1), Timer::clear(PHP_INT_MAX)]), "\n";
Event::wait();
set_error_handler(fn ($level, $text) => print("$text\n"));
foreach ([0, -1, PHP_INT_MIN, 1, '5', '1.0', 2.0, true, false, null, PHP_INT_MAX, 2.5, 1e30, 'x', []] as $ms) {
    foreach (['after', 'tick'] as $kind) {
        try {
            $id = Timer::$kind($ms, fn () => null);
            echo json_encode($ms), " $kind: ", is_int($id) ? json_encode(Timer::info($id)['interval']) : json_encode($id), "\n";
        } catch (TypeError $e) {
            echo json_encode($ms), " $kind: ", $e->getMessage(), "\n";
        }
    }
    Timer::clearAll();
}
// The largest time is far, not at once.
Timer::after(PHP_INT_MAX, fn () => print("not reached\n"));
Timer::after(PHP_INT_MAX, fn () => print("not reached\n"));
Timer::after(5, fn () => Timer::clearAll());
Event::wait();
echo "end\n";
?>
--EXPECT--
[1,2,3]
[4,false,false,false,false]
Swoole\Timer::after(): Timer must be greater than or equal to 1
0 after: false
Swoole\Timer::tick(): Timer must be greater than or equal to 1
0 tick: false
Swoole\Timer::after(): Timer must be greater than or equal to 1
-1 after: false
Swoole\Timer::tick(): Timer must be greater than or equal to 1
-1 tick: false
Swoole\Timer::after(): Timer must be greater than or equal to 1
-9223372036854775808 after: false
Swoole\Timer::tick(): Timer must be greater than or equal to 1
-9223372036854775808 tick: false
1 after: 0
1 tick: 1
"5" after: 0
"5" tick: 5
"1.0" after: 0
"1.0" tick: 1
2 after: 0
2 tick: 2
true after: 0
true tick: 1
Swoole\Timer::after(): Timer must be greater than or equal to 1
false after: false
Swoole\Timer::tick(): Timer must be greater than or equal to 1
false tick: false
Swoole\Timer::after(): Passing null to parameter #1 ($ms) of type int is deprecated
Swoole\Timer::after(): Timer must be greater than or equal to 1
null after: false
Swoole\Timer::tick(): Passing null to parameter #1 ($ms) of type int is deprecated
Swoole\Timer::tick(): Timer must be greater than or equal to 1
null tick: false
9223372036854775807 after: 0
9223372036854775807 tick: 9223372036854775807
Implicit conversion from float 2.5 to int loses precision
2.5 after: 0
Implicit conversion from float 2.5 to int loses precision
2.5 tick: 2
1.0e+30 after: Swoole\Timer::after(): Argument #1 ($ms) must be of type int, float given
1.0e+30 tick: Swoole\Timer::tick(): Argument #1 ($ms) must be of type int, float given
"x" after: Swoole\Timer::after(): Argument #1 ($ms) must be of type int, string given
"x" tick: Swoole\Timer::tick(): Argument #1 ($ms) must be of type int, string given
[] after: Swoole\Timer::after(): Argument #1 ($ms) must be of type int, array given
[] tick: Swoole\Timer::tick(): Argument #1 ($ms) must be of type int, array given
end
