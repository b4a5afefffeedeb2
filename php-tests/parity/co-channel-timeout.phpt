--TEST--
pop and push with a time-out: false, errCode -1 after about the time; errCode is 0 again after a success.
--CONFLICTS--
all
--FILE--
<?php
// Pins: pop and push with a time-out: false, errCode -1 after about the time; errCode is 0 again after a success.
// Status: documented.
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\{run, go};
run(function () {
    $c = new Channel(1);
    $t = microtime(true);
    var_dump($c->pop(0.05), $c->errCode === SWOOLE_CHANNEL_TIMEOUT);
    $t = microtime(true) - $t;
    var_dump($t > 0.045 && $t < 1);
    var_dump($c->push('full'), $c->errCode, $c->push('x', 0.05), $c->errCode);
    go(function () use ($c) { Coroutine::sleep(0.03); $v = $c->pop(); echo "popped $v\n"; });
    var_dump($c->push('waited', 1), $c->errCode, $c->pop(0.001), $c->errCode);
    go(function () use ($c) { Coroutine::sleep(0.03); $c->push('late'); });
    var_dump($c->pop(1), $c->length());
    foreach ([0, -1, 0.0] as $forever) {
        go(function () use ($c) { Coroutine::sleep(0.03); $c->push('for the one who waits for ever'); });
        echo json_encode($c->pop($forever)), "\n";
    }
});
--EXPECT--
bool(false)
bool(true)
bool(true)
bool(true)
int(0)
bool(false)
int(-1)
bool(true)
int(0)
string(6) "waited"
int(0)
popped full
string(4) "late"
int(0)
"for the one who waits for ever"
"for the one who waits for ever"
"for the one who waits for ever"
