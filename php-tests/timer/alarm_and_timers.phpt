--TEST--
alarm() is refused since a timer, a sleep or a time limit of a coroutine, until the loop ends, but not in a child; it comes to a handler of the loop
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\{Coroutine, Event, Process, Timer};
set_error_handler(fn ($level, $text) => print("$text\n"));
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
Event::add($a, fn () => null);
$n = 0;
Process::signal(SIGALRM, function (int $signal) use (&$n, $a) {
    // One more may have come before the alarm is off.
    if (++$n > 3) {
        return;
    }
    echo "alarm $n $signal\n";
    if ($n === 3) {
        Process::alarm(-1);
        Event::del($a);
    }
});
var_dump(Process::alarm(2000));
Event::wait();
Timer::after(1, function () {
    var_dump(Process::alarm(1000));
});
var_dump(Process::alarm(1000));
Event::wait();
var_dump(Process::alarm(-1));
foreach (['sleep' => fn () => Coroutine::sleep(0.001), 'time limit' => fn () => (new Coroutine\Channel(1))->pop(0.001)] as $title => $wait) {
    Coroutine\run(function () use ($title, $wait) {
        $wait();
        echo "after a $title: " . json_encode(Process::alarm(-1)) . "\n";
    });
    echo 'after the loop: ', json_encode(Process::alarm(-1)), "\n";
}
$timer = Timer::after(60_000, fn () => null);
$child = new Process(fn () => exit(Process::alarm(-1) ? 3 : 4));
$child->start();
echo 'in a child: ', $child->join()['code'], "\n";
Timer::clear($timer);
?>
--EXPECT--
bool(true)
alarm 1 14
alarm 2 14
alarm 3 14
Swoole\Process::alarm(): cannot use both 'timer' and 'alarm' at the same time
bool(false)
Swoole\Process::alarm(): cannot use both 'timer' and 'alarm' at the same time
bool(false)
bool(true)
Swoole\Process::alarm(): cannot use both 'timer' and 'alarm' at the same time
after a sleep: false
after the loop: true
Swoole\Process::alarm(): cannot use both 'timer' and 'alarm' at the same time
after a time limit: false
after the loop: true
in a child: 3
