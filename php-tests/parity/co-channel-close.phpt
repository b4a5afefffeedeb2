--TEST--
close: what is in it may still be popped, then false with errCode -2; waiting consumers and producers wake up; push fails.
--FILE--
<?php
// Pins: close: what is in it may still be popped, then false with errCode -2; waiting consumers and producers wake up; push fails.
// Status: documented.
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\{run, go};
run(function () {
    $c = new Channel(2);
    $c->push('a');
    $c->push('b');
    go(function () use ($c) { $r = $c->push('c'); echo 'blocked push: ', json_encode([$r, $c->errCode]), "\n"; });
    var_dump($c->close(), $c->close());
    var_dump($c->push('d'), $c->errCode === SWOOLE_CHANNEL_CLOSED);
    var_dump($c->pop(), $c->pop(), $c->errCode, $c->pop(), $c->errCode, $c->length());
    $c = new Channel(1);
    for ($i = 0; $i < 3; $i++) {
        go(function () use ($c, $i) { $v = $c->pop(); echo "consumer $i: ", json_encode([$v, $c->errCode]), "\n"; });
    }
    $c->close();
    echo "closed\n";
});
--EXPECT--
blocked push: [false,-2]
bool(true)
bool(false)
bool(false)
bool(true)
string(1) "a"
string(1) "b"
int(0)
bool(false)
int(-2)
int(0)
consumer 0: [false,-2]
consumer 1: [false,-2]
consumer 2: [false,-2]
closed
