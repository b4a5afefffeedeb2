--TEST--
one turn: before, descriptors, signals, timers, deferred calls, after; what they ask for runs in the next turn
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\{Event, Process, Timer};
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
fwrite($b, 'x');
$turn = 0;
Event::cycle(function () use (&$turn) {
    echo '-- turn ', ++$turn, "\n";
}, true);
Event::cycle(fn () => print("after\n"));
Event::defer(function () {
    echo "deferred 1\n";
    Event::defer(fn () => print("deferred by a deferred call\n"));
});
Event::defer(fn () => print("deferred 2\n"));
Timer::after(1, function () {
    echo "timer\n";
    Event::defer(fn () => print("deferred by the timer\n"));
    Timer::after(1, fn () => print("timer of the timer\n"));
    usleep(2000);
});
Process::signal(SIGUSR2, fn () => print("signal 12\n"));
Process::signal(SIGUSR1, fn () => print("signal 10\n"));
Event::add($a, function ($a) {
    echo "read\n";
    fread($a, 10);
    posix_kill(getmypid(), SIGUSR1);
}, function ($a) {
    echo "write\n";
    Event::del($a);
}, SWOOLE_EVENT_READ | SWOOLE_EVENT_WRITE);
posix_kill(getmypid(), SIGUSR2);
usleep(2000);
Event::wait();
echo "the loop has ended\n";
?>
--EXPECT--
-- turn 1
read
write
signal 10
signal 12
timer
deferred 1
deferred 2
deferred by the timer
after
-- turn 2
timer of the timer
deferred by a deferred call
after
the loop has ended
