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
$log = [];
foreach ([SIGUSR1 => 'USR1', SIGUSR2 => 'USR2', SIGWINCH => 'WINCH'] as $s => $name) {
    Process::signal($s, function () use ($name, &$log) { $log[] = $name; });
}
Timer::after(120, function () use (&$log) {
    foreach ([SIGUSR2, SIGUSR1, SIGUSR1, SIGWINCH, SIGUSR2] as $s) {
        Process::kill(getmypid(), $s);
    }
    $t = microtime(true);
    while (microtime(true) - $t < 0.05);
    $log[] = 'busy part over';
});
Timer::after(900, fn () => null);
Event::wait();
echo array_shift($log), "\n";
sort($log);
echo implode(' ', $log), "\n";
--EXPECT--
busy part over
USR1 USR2 WINCH
