--TEST--
a signal whose handler is removed before the loop calls it: the loop goes on sleeping
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\{Event, Process, Timer};
/** Processor time of this process, in microseconds. */
function used(): int
{
    ['ru_utime.tv_sec' => $us, 'ru_utime.tv_usec' => $uu, 'ru_stime.tv_sec' => $ss, 'ru_stime.tv_usec' => $su] = getrusage();
    return 1000000 * ($us + $ss) + $uu + $su;
}
$idle = function (string $what) {
    Timer::after(100, fn () => null);
    $before = used();
    Event::wait();
    echo $what, ': ', used() - $before < 20000 ? 'asleep' : 'busy', "\n";
};
Process::signal(SIGUSR1, fn () => print("not reached\n"));
posix_kill(getmypid(), SIGUSR1);
Process::signal(SIGUSR1, null);
$idle('before the loop');
Process::signal(SIGUSR1, fn () => print("not reached\n"));
Event::defer(function () {
    posix_kill(getmypid(), SIGUSR1);
    Process::signal(SIGUSR1, null);
});
$idle('in the loop');
Process::signal(SIGUSR1, fn () => print("not reached\n"));
Event::defer(function () {
    posix_kill(getmypid(), SIGUSR1);
    Process::signal(SIGUSR1, SIG_IGN);
});
$idle('ignored');
?>
--EXPECT--
before the loop: asleep
in the loop: asleep
ignored: asleep
