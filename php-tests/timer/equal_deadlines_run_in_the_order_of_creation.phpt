--TEST--
timers of the same moment run in the order of their creation, others in the order of their deadlines
--FILE--
<?php
use Swoole\{Event, Timer};
for ($i = 0; $i < 8; $i++) {
    Timer::after(5, fn () => print($i));
}
usleep(20000);
Event::wait();
echo "\n";
foreach ([30, 10, 25, 5, 20, 15] as $ms) {
    Timer::after($ms, fn () => print("$ms "));
}
Event::wait();
echo "\n";
// All are due at once when the loop begins.
foreach ([3, 1, 2] as $ms) {
    Timer::after($ms, fn () => print("$ms "));
}
usleep(5000);
Event::wait();
echo "\n";
?>
--EXPECT--
01234567
5 10 15 20 25 30 
1 2 3 
