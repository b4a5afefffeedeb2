--TEST--
swoole_async_set(['wait_signal' => true]): a listener keeps the loop alive until it is removed.
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
// Pins: swoole_async_set(['wait_signal' => true]): a listener keeps the loop alive until it is removed.
// Status: documented.
use Swoole\{Process, Event, Timer};
swoole_async_set(['wait_signal' => true]);
$n = 0;
Process::signal(SIGUSR2, function () use (&$n) {
    echo 'signal ', ++$n, "\n";
    if ($n === 2) {
        Process::signal(SIGUSR2, null);
    }
});
$p = new Process(function () {
    for ($i = 0; $i < 2; $i++) {
        usleep(80000);
        Process::kill(posix_getppid(), SIGUSR2);
    }
}, false, 0);
$p->start();
Event::wait();
echo "loop ended\n";
Process::wait();
--EXPECT--
signal 1
signal 2
loop ended
