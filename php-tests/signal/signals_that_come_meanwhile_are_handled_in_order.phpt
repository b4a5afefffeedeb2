--TEST--
signals that come while PHP runs wait for the loop, in the order of their numbers: each once, and a real-time signal as often as it came
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\{Event, Process, Timer};
$numbers = [SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGTERM, SIGCHLD, SIGCONT, SIGWINCH, 35, 40, 64];
foreach ($numbers as $number) {
    Process::signal($number, function (int ...$arguments) use (&$log) {
        $log[] = implode(',', $arguments);
    });
}
foreach ([1, 2, 3] as $round) {
    foreach (array_reverse($numbers) as $number) {
        posix_kill(getmypid(), $number);
    }
}
echo json_encode($log), "\n";
Event::defer(fn () => null);
Event::wait();
echo implode(' ', $log), "\n";
$log = [];
Event::defer(fn () => null);
Event::wait();
echo json_encode($log), "\n";
?>
--EXPECT--
null
1 2 3 10 12 15 17 18 28 35 35 35 40 40 40 64 64 64
[]
