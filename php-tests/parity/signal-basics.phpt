--TEST--
signal() returns true, the handler gets the number and runs in the loop; a signal listener alone does not keep the loop alive.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: signal() returns true, the handler gets the number and runs in the loop; a signal listener alone does not keep the loop alive.
// Status: documented.
use Swoole\{Process, Event, Timer};
var_dump(Process::signal(SIGUSR1, function (int $n) { echo 'handler ', $n === SIGUSR1 ? 'SIGUSR1' : $n, ' args ', func_num_args(), "\n"; }));
Process::kill(getmypid(), SIGUSR1);
echo "not yet\n";
Timer::after(300, function () { echo "timer 1\n"; Process::kill(getmypid(), SIGUSR1); });
Timer::after(720, fn () => print("timer 2\n"));
Event::wait();
echo "loop ended although the listener is set\n";
--EXPECT--
bool(true)
not yet
handler SIGUSR1 args 1
timer 1
handler SIGUSR1 args 1
timer 2
loop ended although the listener is set
