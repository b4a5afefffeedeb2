--TEST--
waiting consumers are served in the order they came; push runs the consumer before it returns.
--FILE--
<?php
// Pins: waiting consumers are served in the order they came; push runs the consumer before it returns.
// Status: the order is documented; that the consumer runs first is accidental, but relied on.
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\{run, go};
run(function () {
    $c = new Channel(2);
    for ($i = 0; $i < 3; $i++) {
        go(function () use ($c, $i) {
            for ($k = 0; $k < 2; $k++) {
                $v = $c->pop();
                echo "consumer $i got $v\n";
            }
        });
    }
    for ($n = 1; $n <= 6; $n++) {
        echo "push $n\n";
        $c->push($n);
        echo "pushed $n\n";
    }
});
--EXPECT--
push 1
consumer 0 got 1
pushed 1
push 2
consumer 1 got 2
pushed 2
push 3
consumer 2 got 3
pushed 3
push 4
consumer 0 got 4
pushed 4
push 5
consumer 1 got 5
pushed 5
push 6
consumer 2 got 6
pushed 6
