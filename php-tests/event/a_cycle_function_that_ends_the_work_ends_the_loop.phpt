--TEST--
a function called before each turn may remove what the loop waits for, or end the loop: it does not wait any more
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\{Event, Timer};
pcntl_alarm(50);
$far = Timer::after(100000, fn () => print("not reached\n"));
Event::cycle(fn () => Timer::clear($far), true);
Event::wait();
echo "the last timer was cleared\n";
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
Event::add($a, fn () => print("not reached\n"));
Event::cycle(fn () => Event::isset($a) && Event::del($a), true);
Event::wait();
echo "the last descriptor was removed\n";
Timer::after(100000, fn () => print("not reached\n"));
Event::cycle(fn () => Event::exit(), true);
Event::wait();
echo "exit was called\n";
?>
--EXPECT--
the last timer was cleared
the last descriptor was removed
exit was called
