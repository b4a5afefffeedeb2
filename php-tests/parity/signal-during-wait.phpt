--TEST--
a signal that comes while the process is blocked in Process::wait(): wait goes on, the handler runs in the next turn of the loop.
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
// Pins: a signal that comes while the process is blocked in Process::wait(): wait goes on, the handler runs in the next turn of the loop.
// Status: accidental, but relied on.
use Swoole\{Process, Timer, Event};
Process::signal(SIGUSR1, fn () => print("handler\n"));
$p = new Process(function () {
    usleep(50000);
    Process::kill(posix_getppid(), SIGUSR1);
    usleep(100000);
    exit(3);
}, false, 0);
$p->start();
$r = Process::wait();
echo "code={$r['code']} signal={$r['signal']}\n";
Timer::after(50, fn () => print("timer\n"));
Event::wait();
--EXPECT--
code=3 signal=0
handler
timer
