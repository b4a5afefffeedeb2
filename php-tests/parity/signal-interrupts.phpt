--TEST--
signals sent while PHP code is busy are delivered later, in the loop, once per signal number.
--EXTENSIONS--
pcntl
--CONFLICTS--
all
--FILE--
<?php
// Pins: signals sent while PHP code is busy are delivered later, in the loop, once per signal number.
// Status: documented in part.
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

$log = [];
foreach ([SIGUSR1 => 'USR1', SIGUSR2 => 'USR2', SIGWINCH => 'WINCH'] as $s => $name) {
    Process::signal($s, function () use ($name, &$log) { $log[] = $name; });
}
step(20, function () use (&$log) {
    foreach ([SIGUSR2, SIGUSR1, SIGUSR1, SIGWINCH, SIGUSR2] as $s) {
        Process::kill(getmypid(), $s);
    }
    $t = microtime(true);
    while (microtime(true) - $t < 0.05);
    $log[] = 'busy part over';
});
step(150, fn () => null);
Event::wait();
echo array_shift($log), "\n";
sort($log);
echo implode(' ', $log), "\n";
--EXPECT--
busy part over
USR1 USR2 WINCH
