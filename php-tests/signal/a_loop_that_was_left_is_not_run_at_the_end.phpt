--TEST--
with the option wait_signal: a loop that was left by exit() does not run again when the script ends, although handlers are set
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\{Event, Process};
pcntl_alarm(50);
swoole_async_set(['wait_signal' => true]);
Process::signal(SIGTERM, function () {
    Event::exit();
    echo "leaves\n";
});
posix_kill(getmypid(), SIGTERM);
Event::wait();
echo "last line\n";
?>
--EXPECT--
leaves
last line
