--TEST--
pcntl_signal handlers beside Process::signal: each signal goes to the one that was set last for it.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: pcntl_signal handlers beside Process::signal: each signal goes to the one that was set last for it.
// Status: accidental.
use Swoole\{Process, Timer, Event};
pcntl_async_signals(true);
pcntl_signal(SIGUSR1, fn () => print("pcntl USR1\n"));
Process::signal(SIGUSR2, fn () => print("Process USR2\n"));
Timer::after(180, function () { Process::kill(getmypid(), SIGUSR1); });
Timer::after(360, function () { Process::kill(getmypid(), SIGUSR2); });
Timer::after(600, fn () => print("end\n"));
Event::wait();
--EXPECT--
pcntl USR1
Process USR2
end
