--TEST--
Coroutine::join: nothing to join, itself, an unknown id, a time limit, cancelled, a coroutine that somebody else joins; results and swoole_last_error().
--FILE--
<?php
// Pins: Coroutine::join: nothing to join, itself, an unknown id, a time limit, cancelled, a coroutine that somebody else joins; results and swoole_last_error().
// Status: documented (results); codes accidental.
use Swoole\Coroutine;
use function Swoole\Coroutine\{go, run};
ini_set('swoole.display_errors', 'off');
run(function () {
    $say = fn (string $what, $r) => print(json_encode([$what, $r, $r ? 0 : swoole_last_error()]) . "\n");
    $say('none', Coroutine::join([]));
    $say('itself', Coroutine::join([Coroutine::getCid()]));
    $say('unknown', Coroutine::join([99999]));
    $say('time', Coroutine::join([go(fn () => Coroutine::sleep(0.2))], 0.02));
    $me = Coroutine::getCid();
    $slow = go(fn () => Coroutine::sleep(0.3));
    go(function () use ($me) {
        Coroutine::sleep(0.05);
        Coroutine::cancel($me);
    });
    $say('cancelled', Coroutine::join([$slow]));
    $shared = go(fn () => Coroutine::sleep(0.2));
    go(function () use ($shared, $say) {
        Coroutine::sleep(0.05);
        $say('joined by another', Coroutine::join([$shared]));
    });
    $say('ended', Coroutine::join([$shared]));
});
--EXPECT--
["none",false,505]
["itself",false,509]
["unknown",false,505]
["time",false,10018]
["cancelled",false,10017]
["joined by another",false,509]
["ended",true,0]
