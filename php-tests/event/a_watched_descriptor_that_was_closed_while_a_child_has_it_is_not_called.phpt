--TEST--
a watched stream or process pipe that was closed, of which a child holds a copy: its callback is not called, and the loop sleeps
--FILE--
<?php
use Swoole\{Event, Process, Timer};
/** Processor time of this process, in microseconds. */
function used(): int
{
    ['ru_utime.tv_sec' => $us, 'ru_utime.tv_usec' => $uu, 'ru_stime.tv_sec' => $ss, 'ru_stime.tv_usec' => $su] = getrusage();
    return 1000000 * ($us + $ss) + $uu + $su;
}
function idle(string $what): void
{
    Timer::after(200, fn () => Event::exit());
    $before = used();
    Event::wait();
    echo $what, ': ', used() - $before < 50000 ? 'asleep' : 'busy', "\n";
}
$hold = function (callable $close): void {
    $holder = new Process(fn (Process $p) => $p->read());
    $holder->start();
    $close();
    idle('held by a child');
    $holder->write('end');
    Process::wait();
};

[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
Event::add($a, function () use (&$calls) {
    $calls++;
});
$hold(function () use (&$a, $b) {
    fclose($a);
    fwrite($b, 'x');
});
echo 'stream: ', $calls ?? 0, " calls\n";

$calls = 0;
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$number = Event::add($a, fn () => print("not reached\n"));
$hold(function () use (&$a, $b, $number, &$c, &$d) {
    fclose($a);
    fwrite($b, 'x');
    [$c, $d] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    echo 'the number is used again: ', json_encode(Event::add($c, function ($c) {
        echo 'the new reader reads ', fread($c, 10), "\n";
    }) === $number), "\n";
    fwrite($d, 'y');
});

$calls = 0;
$p = new Process(fn (Process $p) => null);
Event::add($p, function () use (&$calls) {
    $calls++;
});
$hold(function () use (&$p) {
    // The pipe of a child that has ended is readable in whoever still holds it.
    $p->start();
    Process::wait();
    $p->close();
});
echo "pipe: $calls calls\n";
?>
--EXPECT--
held by a child: asleep
stream: 0 calls
the number is used again: true
the new reader reads y
held by a child: asleep
held by a child: asleep
pipe: 0 calls
