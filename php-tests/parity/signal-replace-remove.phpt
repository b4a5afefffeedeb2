--TEST--
a second signal() replaces the handler; null removes it and gives the default action back; null again warns.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: a second signal() replaces the handler; null removes it and gives the default action back; null again warns.
// Status: documented; the text is accidental.
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

$p = new Process(function (Process $p) {
    Process::signal(SIGUSR1, fn () => print("first\n"));
    Process::signal(SIGUSR1, fn () => print("second\n"));
    step(30, fn () => Process::kill(getmypid(), SIGUSR1));
    step(90, function () {
        var_dump(Process::signal(SIGUSR1, null));
        var_dump(Process::signal(SIGUSR1, null));
        var_dump(Process::signal(SIGUSR2, null));
    });
    step(150, fn () => Process::kill(getmypid(), SIGUSR1));
    step(250, fn () => print("not reached\n"));
    Event::wait();
}, false, 0);
$p->start();
$r = Process::wait();
echo "code={$r['code']} signal={$r['signal']}\n";
--EXPECTF--
second
bool(true)

Warning: Swoole\Process::signal(): unable to find the callback of signal [10] in %s on line %d
bool(false)

Warning: Swoole\Process::signal(): unable to find the callback of signal [12] in %s on line %d
bool(false)
code=0 signal=10
