--TEST--
a handler may remove or replace itself, or another one that is due
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\{Event, Process};
require __DIR__ . '/../support.inc';
class Noticed
{
    public function __destruct()
    {
        echo "released\n";
    }
}
function turn(int ...$signals): void
{
    foreach ($signals as $signal) {
        posix_kill(getmypid(), $signal);
    }
    Event::defer(fn () => null);
    Event::wait();
}
echo "-- removes itself\n";
$noticed = new Noticed();
Process::signal(SIGUSR1, function () use ($noticed) {
    var_dump(Process::signal(SIGUSR1, null));
    echo "called\n";
});
unset($noticed);
turn(SIGUSR1);
echo "-- replaces itself\n";
$noticed = new Noticed();
Process::signal(SIGUSR1, function () use ($noticed) {
    Process::signal(SIGUSR1, fn () => print("second\n"));
    posix_kill(getmypid(), SIGUSR1);
    echo "first, still ", $noticed::class, "\n";
});
unset($noticed);
turn(SIGUSR1);
turn();
echo "-- removes another one\n";
Process::signal(SIGUSR1, function () {
    Process::signal(SIGUSR2, SIG_IGN);
    echo "called\n";
});
Process::signal(SIGUSR2, fn () => print("not reached\n"));
turn(SIGUSR1, SIGUSR2, SIGUSR2);
echo "-- ignores itself, and is set again\n";
Process::signal(SIGUSR1, function () {
    Process::signal(SIGUSR1, SIG_IGN);
    posix_kill(getmypid(), SIGUSR1);
    echo "ignored\n";
});
turn(SIGUSR1);
turn(SIGUSR1);
Process::signal(SIGUSR1, fn () => print("again\n"));
turn(SIGUSR1);
echo "-- without a handler the signal kills\n";
$p = new Process(function () {
    Process::signal(SIGUSR1, fn () => Process::signal(SIGUSR1, null));
    turn(SIGUSR1);
    echo "called\n";
    turn(SIGUSR1);
    echo "not reached\n";
}, false, 0);
$p->start();
echo ending(Process::wait()), "\n";
?>
--EXPECT--
-- removes itself
bool(true)
called
released
-- replaces itself
first, still Noticed
released
second
-- removes another one
called
-- ignores itself, and is set again
ignored
again
-- without a handler the signal kills
called
signal 10
