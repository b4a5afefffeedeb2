--TEST--
pcntl_signal handlers beside Process::signal: each signal goes to the one that was set last for it.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: pcntl_signal handlers beside Process::signal: each signal goes to the one that was set last for it.
// Status: accidental.
use Swoole\{Process, Timer, Event};

/** A timer that waits for five turns of the loop after the one before, and for no time. */
function step(int $ms, callable $do): void
{
    static $steps = [];
    $steps[] = $do;
    count($steps) > 1 || Timer::tick(1, function (int $id) use (&$steps): void {
        static $turn = 0;
        if (++$turn % 5 === 0) {
            array_shift($steps)();
            $steps || Timer::clear($id);
        }
    });
}

pcntl_async_signals(true);
pcntl_signal(SIGUSR1, fn () => print("pcntl USR1\n"));
Process::signal(SIGUSR2, fn () => print("Process USR2\n"));
step(30, function () { Process::kill(getmypid(), SIGUSR1); });
step(60, function () { Process::kill(getmypid(), SIGUSR2); });
step(100, fn () => print("end\n"));
Event::wait();
--EXPECT--
pcntl USR1
Process USR2
end
