--TEST--
Channel: errCode after a time-out, a cancellation with and without an exception, a close; each in both directions
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\{CanceledException, Channel};
use function Swoole\Coroutine\{run, go};

run(function () {
    foreach (['push', 'pop'] as $direction) {
        $c = new Channel(1);
        if ($direction === 'push') {
            $c->push('the room');
        }
        $wait = fn (float $timeout = -1) => $direction === 'push' ? $c->push('waits', $timeout) : $c->pop($timeout);
        echo "$direction: ", json_encode([$wait(0.001), $c->errCode === SWOOLE_CHANNEL_TIMEOUT]), "\n";
        $cid = go(function () use ($wait, $c) {
            echo json_encode([$wait(), $c->errCode === SWOOLE_CHANNEL_CANCELED, Coroutine::isCanceled()]), "\n";
        });
        Coroutine::cancel($cid);
        $cid = go(function () use ($wait, $c) {
            try {
                $wait();
            } catch (CanceledException $e) {
                echo get_class($e), ' ', json_encode($c->stats()), "\n";
            }
        });
        Coroutine::cancel($cid, true);
        go(function () use ($wait, $c) {
            echo json_encode([$wait(), $c->errCode === SWOOLE_CHANNEL_CLOSED]), "\n";
        });
        $c->close();
        echo json_encode($c->stats()), "\n";
    }
});
?>
--EXPECT--
push: [false,true]
[false,true,true]
Swoole\Coroutine\CanceledException {"consumer_num":0,"producer_num":0,"queue_num":1}
[false,true]
{"consumer_num":0,"producer_num":0,"queue_num":1}
pop: [false,true]
[false,true,true]
Swoole\Coroutine\CanceledException {"consumer_num":0,"producer_num":0,"queue_num":0}
[false,true]
{"consumer_num":0,"producer_num":0,"queue_num":0}
