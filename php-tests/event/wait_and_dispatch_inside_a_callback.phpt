--TEST--
a loop that runs is not run again: wait() and dispatch() in callbacks return at once
--FILE--
<?php
use Swoole\{Event, Timer};
// Plain calls, in which exit() and start() are possible.
swoole_async_set(['enable_coroutine' => false]);
Timer::after(1, function () {
    Timer::after(1, fn () => print("second timer\n"));
    var_dump(Event::wait(), Event::dispatch());
    echo "first timer ends\n";
});
Event::defer(fn () => Event::wait());
Event::wait();
echo "once more\n";
Timer::after(1, fn () => print("third timer\n"));
swoole_event_wait();
Event::defer(function () {
    Event::exit();
    Event::wait();
    echo "exit holds\n";
});
Timer::after(60000, fn () => print("not reached\n"));
Event::wait();
Event::exit();
Event::defer(fn () => print("exit outside of the loop means nothing\n"));
Event::wait();
var_dump(Event::dispatch());
?>
--EXPECT--
NULL
bool(true)
first timer ends
second timer
once more
third timer
exit holds
exit outside of the loop means nothing
bool(false)
