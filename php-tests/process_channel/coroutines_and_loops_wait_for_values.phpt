--TEST--
Process\Channel: push() and pop() yield in coroutines; a stream tells other loops, and a second process, of values and of the end
--EXTENSIONS--
sockets
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Event;
use Swoole\Process;
use Swoole\Process\Channel;
use function Swoole\Coroutine\{go, run};

require __DIR__ . '/../support.inc';

[$there, $back] = [new Channel(3), new Channel(3)];
$p = new Process(function () use ($there, $back) {
    while (($value = $there->pop(-1, $received)) || $received) {
        $back->push($value * 2);
    }
    $back->close();
}, false, 0);
$p->start();
run(function () use ($there, $back) {
    $sum = 0;
    for ($i = 0; $i < 2; $i++) {
        go(function () use ($back, &$sum) {
            while (($value = $back->pop(-1, $received)) || $received) {
                $sum += $value;
            }
        });
    }
    go(function () use ($there) {
        for ($i = 1; $i <= 500; $i++) {
            $there->push($i);
        }
        $there->close();
    });
    echo "goes on\n";
});
Process::wait();
var_dump($back->stats()['popped'], $back->length());

// In time, cancelled, and full.
run(function () {
    $channel = new Channel(1);
    var_dump($channel->pop(0.01, $received), $received, swoole_last_error() === SOCKET_ETIMEDOUT);
    $cid = go(function () use ($channel) {
        var_dump($channel->pop(-1, $received), $received, swoole_last_error() === SOCKET_ECANCELED);
    });
    Coroutine::cancel($cid);
    $channel->push('first');
    go(function () use ($channel) {
        var_dump($channel->push(['second']));
    });
    var_dump($channel->push('third', 0.01), $channel->pop(), $channel->pop());
    go(function () use ($channel) {
        var_dump($channel->pop(-1, $received), $received);
    });
    $channel->close();
});

// Two processes wait for one stream; what comes before the loop begins counts as well.
$channel = new Channel(10);
$channel->push(0);
$got = new Channel(100);
$readers = [];
for ($i = 0; $i < 2; $i++) {
    $readers[] = $reader = new Process(function () use ($channel, $got) {
        $stream = $channel->stream();
        Event::add($stream, function () use ($channel, $got, $stream) {
            while (($value = $channel->pop(0, $received)) || $received) {
                $got->push($value);
            }
            if ($channel->isClosed()) {
                Event::del($stream);
            }
        });
        Event::wait();
    }, false, 0);
    $reader->start();
}
for ($i = 1; $i < 50; $i++) {
    $channel->push($i);
}
$channel->close();
echo ending(Process::wait()), ', ', ending(Process::wait()), "\n";
for ($sum = 0; $got->length() > 0; $sum += $got->pop());
var_dump($sum === array_sum(range(0, 49)), count(array_filter(links(), fn (string $link) => str_contains($link, 'eventfd'))));
unset($channel, $got, $there, $back, $p, $readers, $reader);
var_dump(count(array_filter(links(), fn (string $link) => str_contains($link, 'eventfd'))));
?>
--EXPECT--
goes on
int(500)
int(0)
bool(false)
bool(false)
bool(true)
bool(false)
bool(false)
bool(true)
bool(true)
bool(false)
string(5) "first"
array(1) {
  [0]=>
  string(6) "second"
}
bool(false)
bool(false)
code 0, code 0
bool(true)
int(8)
int(0)
