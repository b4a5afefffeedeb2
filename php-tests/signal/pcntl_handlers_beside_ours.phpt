--TEST--
pcntl handlers run beside those of the loop, also while it waits; each signal goes to who set it last, and a child gets pcntl's back
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\{Event, Process, Timer};
require __DIR__ . '/../support.inc';
pcntl_async_signals(true);
$where = 'outside';
$pcntl = function (int $n) use (&$where) {
    echo "pcntl $n $where\n";
};
$loop = function (int $n) use (&$where) {
    echo "loop $n $where\n";
};
pcntl_signal(SIGUSR1, $pcntl);
Process::signal(SIGUSR2, $loop);
$turn = function () use (&$where) {
    posix_kill(getmypid(), SIGUSR1);
    posix_kill(getmypid(), SIGUSR2);
    $where = 'inside';
    Event::defer(fn () => null);
    Event::wait();
    $where = 'outside';
};
$turn();
echo "-- taken over by the other\n";
pcntl_signal(SIGUSR2, $pcntl);
Process::signal(SIGUSR1, $loop);
$turn();
echo "-- while the loop waits\n";
$main = getmypid();
$where = 'while waiting';
$p = new Process(function () use ($main) {
    until_asleep($main);
    posix_kill($main, SIGUSR2);
}, false, 0);
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
pcntl_signal(SIGUSR2, function (int $n) use ($pcntl, $a) {
    $pcntl($n);
    Event::del($a);
    Event::defer(fn () => null);
});
Event::add($a, fn () => print("not reached\n"));
$p->start();
Event::wait();
Process::wait();
echo "-- a child has pcntl's handler again\n";
$where = 'in the child';
$p = new Process(function () {
    posix_kill(getmypid(), SIGUSR1);
    posix_kill(getmypid(), SIGUSR2);
    echo "end\n";
}, false, 0);
$a = $b = null;
pcntl_signal(SIGUSR2, $pcntl);
$p->start();
echo ending(Process::wait()), "\n";
?>
--EXPECT--
pcntl 10 outside
loop 12 inside
-- taken over by the other
pcntl 12 outside
loop 10 inside
-- while the loop waits
pcntl 12 while waiting
-- a child has pcntl's handler again
pcntl 10 in the child
pcntl 12 in the child
end
code 0
