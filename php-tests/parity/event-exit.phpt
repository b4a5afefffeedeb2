--TEST--
Event::exit stops the loop: timers are dropped, Event::wait returns, and the loop may be used again.
--FILE--
<?php
// Pins: Event::exit stops the loop: timers are dropped, Event::wait returns, and the loop may be used again.
// Status: documented.
use Swoole\{Event, Timer};
Timer::after(30, function () {
    echo "timer 1 calls exit\n";
    Event::exit();
    echo "still in timer 1\n";
});
Timer::after(60, fn () => print("not reached\n"));
Timer::tick(20, fn () => print("tick\n"));
Event::wait();
echo "first loop ended\n";
var_dump(Timer::stats()['num']);
Timer::after(20, fn () => print("timer of the second loop\n"));
Event::wait();
echo "second loop ended\n";
--EXPECT--
tick
timer 1 calls exit
still in timer 1
first loop ended
int(0)
timer of the second loop
second loop ended
