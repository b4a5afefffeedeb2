--TEST--
Channel: no time limit for nought, negative ones, NAN and what is beyond all clocks; strings are numbers too
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\{run, go};
run(function () {
    $c = new Channel(1);
    foreach ([0, -1, -0.5, -INF, NAN, INF, 1e300, '0'] as $limit) {
        $cid = go(function () use ($c, $limit) {
            echo json_encode($c->pop($limit)), ' ';
        });
        Coroutine::sleep(0.002);
        $c->push('came');
    }
    echo "\n";
    var_dump($c->pop('1e-3'), $c->errCode);
    var_dump($c->pop(1e-300), $c->errCode);
});
?>
--EXPECT--
"came" "came" "came" "came" "came" "came" "came" "came" 
bool(false)
int(-1)
bool(false)
int(-1)
