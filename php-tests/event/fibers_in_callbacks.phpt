--TEST--
a callback may run and resume Fibers; a loop that is suspended with the Fiber it runs in goes on with it
--FILE--
<?php
use Swoole\{Event, Timer};
// Plain calls, in which exit() and start() are possible.
swoole_async_set(['enable_coroutine' => false]);
$fiber = new Fiber(function () {
    $first = Fiber::suspend();
    echo "resumed with $first\n";
    $second = Fiber::suspend();
    echo "resumed with $second\n";
});
$fiber->start();
Timer::after(1, fn () => $fiber->resume('one'));
Timer::after(2, fn () => $fiber->resume('two'));
Event::wait();
echo json_encode($fiber->isTerminated()), "\n";
$loop = new Fiber(function () {
    Timer::after(1, function () {
        $answer = Fiber::suspend('from a callback');
        echo "a callback gets $answer\n";
    });
    Timer::after(2, fn () => print("the next timer\n"));
    Event::wait();
    echo "the loop has ended\n";
});
echo $loop->start(), "\n";
// It runs already, in the Fiber.
Event::wait();
echo "outside\n";
$loop->resume('an answer');
echo json_encode($loop->isTerminated()), "\n";
?>
--EXPECT--
resumed with one
resumed with two
true
from a callback
outside
a callback gets an answer
the next timer
the loop has ended
true
