--TEST--
Channel: a consumer that is cancelled or times out in the turn of a push takes no value with it
--FILE--
<?php
use Swoole\{Coroutine, Timer};
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\{run, go};
run(function () {
    $c = new Channel(1);
    $pushed = $popped = $ended = 0;
    for ($i = 0; $i < 200; $i++) {
        $cid = go(function () use ($c, &$popped, &$ended) {
            $popped += $c->pop(0.001) === false ? 0 : 1;
            $ended++;
        });
        // Due in the same turn as the time limit, before or after it.
        Timer::after(1, function () use ($c, $cid, $i, &$pushed, &$ended) {
            $i % 3 === 0 && Coroutine::cancel($cid);
            $pushed += $c->push('value', 0.0001) ? 1 : 0;
            $i % 3 === 1 && Coroutine::cancel($cid);
            $ended++;
        });
        $i % 7 === 0 && Coroutine::sleep(0.001);
    }
    // All consumers and all producers.
    while ($ended < 400) {
        Coroutine::sleep(0.001);
    }
    $stats = $c->stats();
    var_dump($pushed > 0, $pushed === $popped + $stats['queue_num'], $stats['consumer_num'] + $stats['producer_num']);
});
?>
--EXPECT--
bool(true)
bool(true)
int(0)
