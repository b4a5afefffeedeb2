--TEST--
cancel of a sleep, a channel pop and a yield: what the cancelled call returns, isCanceled, and what cannot be cancelled.
--FILE--
<?php
// Pins: cancel of a sleep, a channel pop and a yield: what the cancelled call returns, isCanceled, and what cannot be cancelled.
// Status: documented.
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\{run, go};
run(function () {
    $a = go(function () {
        $r = Coroutine::sleep(2);
        echo 'sleep: ', json_encode([$r, Coroutine::isCanceled(), swoole_last_error() === SWOOLE_ERROR_CO_CANCELED]), "\n";
        $r = Coroutine::sleep(0.001);
        echo 'next sleep: ', json_encode([$r, Coroutine::isCanceled()]), "\n";
    });
    $b = go(function () {
        $ch = new Channel(1);
        $r = $ch->pop(2);
        echo 'pop: ', json_encode([$r, $ch->errCode, Coroutine::isCanceled()]), "\n";
    });
    $c = go(function () {
        $r = Coroutine::yield();
        echo 'yield: ', json_encode([$r, Coroutine::isCanceled()]), "\n";
    });
    foreach ([$a, $b, $c] as $id) {
        var_dump(Coroutine::cancel($id));
    }
    var_dump(Coroutine::cancel($c), swoole_last_error() === SWOOLE_ERROR_CO_NOT_EXISTS);
    var_dump(Coroutine::cancel(Coroutine::getCid()), swoole_last_error() === SWOOLE_ERROR_CO_CANNOT_CANCEL);
});
--EXPECT--
sleep: [false,true,true]
bool(true)
pop: [false,-3,true]
bool(true)
yield: [false,true]
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
next sleep: [true,false]
