--TEST--
alarm() fires SIGALRM again and again at its interval until it is set to a negative value; a timer excludes it.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: alarm() fires SIGALRM again and again at its interval until it is set to a negative value; a timer excludes it.
// Status: documented.
use Swoole\{Process, Event, Timer};
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
Event::add($a, fn () => null);
$n = 0;
Process::signal(SIGALRM, function ($s) use (&$n, $a) {
    echo 'alarm ', ++$n, ' ', $s === SIGALRM ? 'SIGALRM' : $s, "\n";
    if ($n === 3) {
        var_dump(Process::alarm(-1));
        var_dump(Process::signal(SIGALRM, null));
        Event::del($a);
    }
});
var_dump(Process::alarm(60 * 1000));
Event::wait();
echo "after the loop\n";
$p = new Process(function () {
    Timer::after(50, fn () => print("timer\n"));
    var_dump(Process::alarm(1000));
    Event::wait();
}, false, 0);
$p->start();
Process::wait();
--EXPECTF--
bool(true)
alarm 1 SIGALRM
alarm 2 SIGALRM
alarm 3 SIGALRM
bool(true)
bool(true)
after the loop

Warning: Swoole\Process::alarm(): cannot use both 'timer' and 'alarm' at the same time in %s on line %d
bool(false)
timer
