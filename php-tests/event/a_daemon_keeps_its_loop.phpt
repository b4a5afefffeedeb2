--TEST--
after daemon() the loop goes on in what is left: timers, watchers and handlers
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\{Event, Process, Timer};
require __DIR__ . '/../support.inc';
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$p = new Process(function (Process $p) use ($b) {
    pcntl_alarm(50);
    [$c, $d] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $events = [];
    Event::add($c, function ($c) use (&$events) {
        $events[] = 'read ' . fread($c, 10);
        Event::del($c);
    });
    Process::signal(SIGUSR1, function () use (&$events) {
        $events[] = 'signal';
    });
    Timer::after(5, function () use (&$events) {
        $events[] = 'timer';
    });
    Process::daemon(true, true);
    fwrite($d, 'x');
    posix_kill(getmypid(), SIGUSR1);
    Event::wait();
    fwrite($b, json_encode($events) . ' in ' . (posix_getsid(0) === getmypid() ? 'a daemon' : 'the child') . "\n");
}, false, 0);
$p->start();
echo ending(Process::wait()), "\n", fgets($a);
?>
--EXPECT--
code 0
["read x","signal","timer"] in a daemon
