--TEST--
Process\Channel: many processes push and pop values of all sizes; each arrives once, and all see the end
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Atomic;
use Swoole\Process;
use Swoole\Process\Channel;

require __DIR__ . '/../support.inc';

$channel = new Channel(5, 50_000);
[$sum, $count] = [new Atomic(), new Atomic()];
for ($i = 0; $i < 3; $i++) {
    (new Process(function () use ($channel, $sum, $count) {
        while (($value = $channel->pop(-1, $received)) || $received) {
            if (strlen($value['text']) !== $value['number'] * 40) {
                echo "torn\n";
            }
            $sum->add($value['number']);
            if ($count->add() === 4 * 300) {
                $channel->close();
            }
        }
    }, false, 0))->start();
}
for ($i = 0; $i < 4; $i++) {
    (new Process(function () use ($channel) {
        for ($number = 0; $number < 300; $number++) {
            $channel->push(['number' => $number, 'text' => str_repeat('x', $number * 40)]);
        }
    }, false, 0))->start();
}
while ($end = Process::wait()) {
    echo ending($end), "\n";
}
var_dump($sum->get() === 4 * array_sum(range(0, 299)), $channel->length(), $channel->stats()['pushed']);

// The next one takes over from a process that is killed while it waits, or works.
$channel = new Channel(5);
$killed = new Process(fn () => $channel->pop(), false, 0);
$killed->start();
until_asleep($killed->pid);
$other = new Process(function () use ($channel) {
    echo $channel->pop(), "\n";
}, false, 0);
$other->start();
until_asleep($other->pid);
Process::kill($killed->pid, SIGKILL);
Process::wait();
$channel->push('for the other');
echo ending(Process::wait()), "\n";

// Signals do not end a wait.
pcntl_async_signals(true);
pcntl_signal(SIGUSR1, function () {
    echo "a signal\n";
});
$parent = getmypid();
(new Process(function () use ($channel, $parent) {
    until_asleep($parent);
    posix_kill($parent, SIGUSR1);
    until_asleep($parent);
    $channel->push('after the signal');
}, false, 0))->start();
echo $channel->pop(), "\n";
Process::wait();
?>
--EXPECT--
code 0
code 0
code 0
code 0
code 0
code 0
code 0
bool(true)
int(0)
int(1200)
for the other
code 0
a signal
after the signal
