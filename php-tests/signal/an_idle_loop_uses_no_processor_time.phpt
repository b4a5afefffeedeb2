--TEST--
a loop that waits for a far timer and for signals sleeps
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\{Event, Process, Timer};
Process::signal(SIGUSR1, fn () => null);
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
Event::add($a, fn () => null);
Timer::after(3600000, fn () => null);
Timer::after(300, fn () => Event::exit());
$before = getrusage();
Event::wait();
$used = 0;
foreach (['ru_utime', 'ru_stime'] as $kind) {
    $after ??= getrusage();
    $used += 1000000 * ($after["$kind.tv_sec"] - $before["$kind.tv_sec"]) + $after["$kind.tv_usec"] - $before["$kind.tv_usec"];
}
echo $used < 10000 ? "asleep\n" : "$used us\n";
?>
--EXPECT--
asleep
