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
// Far enough apart for a machine that is busy while they are made.
foreach ([600, 200, 500, 100, 400, 300] as $ms) {
    Timer::after($ms, fn () => print("$ms "));
}
Event::wait();
echo "\n";
// All are due at once when the loop begins.
foreach ([300, 100, 200] as $ms) {
    Timer::after($ms, fn () => print("$ms "));
}
usleep(400000);
Event::wait();
echo "\n";
?>
--EXPECT--
01234567
100 200 300 400 500 600 
100 200 300 
