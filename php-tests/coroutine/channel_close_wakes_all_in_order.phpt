--TEST--
Channel: close() wakes producers and consumers in the order they came, what they do then fails at once
--FILE--
<?php
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\{run, go};
run(function () {
    $full = new Channel(1);
    $full->push('kept');
    for ($i = 0; $i < 3; $i++) {
        go(function () use ($full, $i) {
            echo "producer $i: " . json_encode([$full->push($i), $full->push($i, 10), $full->errCode]), "\n";
        });
    }
    $full->close();
    echo json_encode([$full->pop(), $full->errCode, $full->pop(), $full->errCode]), "\n";
    $empty = new Channel(1);
    for ($i = 0; $i < 3; $i++) {
        go(function () use ($empty, $i) {
            echo "consumer $i: " . json_encode([$empty->pop(), $empty->pop(10), $empty->errCode, $empty->close()]), "\n";
        });
    }
    var_dump($empty->close());
});
?>
--EXPECT--
producer 0: [false,false,-2]
producer 1: [false,false,-2]
producer 2: [false,false,-2]
["kept",0,false,-2]
consumer 0: [false,false,-2,false]
consumer 1: [false,false,-2,false]
consumer 2: [false,false,-2,false]
bool(true)
