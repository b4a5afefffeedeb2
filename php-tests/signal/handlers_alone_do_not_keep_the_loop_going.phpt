--TEST--
handlers alone do not keep the loop going, unless the option wait_signal is set; then until the last one is removed
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\{Event, Process};
Process::signal(SIGUSR1, fn () => print("handler\n"));
posix_kill(getmypid(), SIGUSR1);
Event::wait();
echo "nothing to wait for\n";
swoole_async_set(['wait_signal' => true]);
Process::signal(SIGUSR2, function () {
    echo "last handler\n";
    Process::signal(SIGUSR1, SIG_IGN);
    Process::signal(SIGUSR2, null);
});
posix_kill(getmypid(), SIGUSR2);
Event::wait();
echo "nothing to wait for\n";
?>
--EXPECT--
nothing to wait for
handler
last handler
nothing to wait for
