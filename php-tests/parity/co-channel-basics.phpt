--TEST--
Channel: capacity, length, isEmpty, isFull, stats, order of values, values of every type, capacity below one.
--FILE--
<?php
// Pins: Channel: capacity, length, isEmpty, isFull, stats, order of values, values of every type, capacity below one.
// Status: documented.
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\{run, go};
run(function () {
    $c = new Channel(3);
    echo json_encode([$c->capacity, $c->length(), $c->isEmpty(), $c->isFull(), $c->errCode]), ' ', json_encode($c->stats()), "\n";
    $o = new stdClass();
    var_dump($c->push(null), $c->push(false), $c->push($o));
    echo json_encode([$c->length(), $c->isEmpty(), $c->isFull()]), ' ', json_encode($c->stats()), "\n";
    var_dump($c->pop(), $c->pop(), $c->pop() === $o, $c->length());
    foreach ([0, -5] as $n) {
        echo 'capacity ', (new Channel($n))->capacity, "\n";
    }
    go(fn () => $c->pop());
    go(fn () => $c->pop());
    echo json_encode($c->stats()), "\n";
    $c->push(1);
    $c->push(2);
    for ($i = 0; $i < 5; $i++) {
        go(fn () => $c->push($i));
    }
    echo json_encode($c->stats()), "\n";
    for ($i = 0; $i < 5; $i++) {
        echo $c->pop(), ' ';
    }
    echo json_encode($c->stats()), "\n";
});
--EXPECT--
[3,0,true,false,0] {"consumer_num":0,"producer_num":0,"queue_num":0}
bool(true)
bool(true)
bool(true)
[3,false,true] {"consumer_num":0,"producer_num":0,"queue_num":3}
NULL
bool(false)
bool(true)
int(0)
capacity 1
capacity 1
{"consumer_num":2,"producer_num":0,"queue_num":0}
{"consumer_num":0,"producer_num":2,"queue_num":3}
0 1 2 3 4 {"consumer_num":0,"producer_num":0,"queue_num":0}
