--TEST--
signal() returns true, the handler gets the number and runs in the loop; a signal listener alone does not keep the loop alive.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: signal() returns true, the handler gets the number and runs in the loop; a signal listener alone does not keep the loop alive.
// Status: documented.
use Swoole\{Process, Event, Timer};

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

var_dump(Process::signal(SIGUSR1, function (int $n) { echo 'handler ', $n === SIGUSR1 ? 'SIGUSR1' : $n, ' args ', func_num_args(), "\n"; }));
Process::kill(getmypid(), SIGUSR1);
echo "not yet\n";
step(50, function () { echo "timer 1\n"; Process::kill(getmypid(), SIGUSR1); });
step(120, fn () => print("timer 2\n"));
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
