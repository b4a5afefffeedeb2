--TEST--
timers and watchers of the parent do not exist in a child; the parent's go on; the child may have its own.
--FILE--
<?php
// Pins: timers and watchers of the parent do not exist in a child; the parent's go on; the child may have its own.
// Status: documented.
use Swoole\{Event, Timer, Process};
$main = getmypid();
$id = Timer::tick(60, function ($id) use (&$n) { echo 'parent tick ', ++$n, "\n"; if ($n === 2) { Timer::clear($id); } });
$p = new Process(function () use ($id) {
    echo json_encode([Timer::exists($id), count(Timer::list()), Timer::stats()['num']]), "\n";
    Timer::after(10, fn () => print("child timer\n"));
    Event::wait();
    echo "child loop ended\n";
}, false, 0);
$p->start();
Process::wait();
Event::wait();
echo "parent loop ended\n";
--EXPECT--
[false,0,0]
child timer
child loop ended
parent tick 1
parent tick 2
parent loop ended
