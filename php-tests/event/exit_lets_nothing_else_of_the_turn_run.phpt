--TEST--
after exit() the callback that called it goes on, and no other one of the same turn is called
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\{Event, Process, Timer};
pcntl_alarm(50);
function turn(string $name): void
{
    Event::wait();
    echo "-- after $name: ", json_encode(Timer::stats()['num']), " timers\n";
}
function readable(): mixed
{
    static $keep = [];
    [$a, $b] = $keep[] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    fwrite($b, 'x');
    return $a;
}
$leave = function () {
    Event::exit();
    echo "called\n";
};
$never = fn () => print("not to be called\n");

Event::add(readable(), $leave, $never, SWOOLE_EVENT_READ | SWOOLE_EVENT_WRITE);
Event::add(readable(), $leave);
Event::defer($never);
Event::cycle($never);
turn('read');

Event::add(readable(), null, $leave, SWOOLE_EVENT_WRITE);
Event::defer($never);
turn('write');

Process::signal(SIGUSR1, $leave);
Process::signal(SIGUSR2, $leave);
posix_kill(getmypid(), SIGUSR1);
posix_kill(getmypid(), SIGUSR2);
Timer::after(1000, $never);
Event::defer($never);
turn('signal');
Process::signal(SIGUSR1, null);
Process::signal(SIGUSR2, null);

Timer::after(1, $leave);
Timer::after(1, $never);
Timer::tick(1, $never);
usleep(2000);
turn('timer');

Event::defer($leave);
Event::defer($never);
Event::cycle($never);
turn('defer');

Timer::after(1, fn () => null);
Timer::after(1000, $never);
Event::cycle($leave);
turn('cycle');
?>
--EXPECT--
called
-- after read: 0 timers
called
-- after write: 0 timers
called
-- after signal: 0 timers
called
-- after timer: 0 timers
called
-- after defer: 0 timers
called
-- after cycle: 0 timers
