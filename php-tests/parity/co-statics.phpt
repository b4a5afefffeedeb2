--TEST--
locals are of one coroutine; statics, globals and references are of all; a generator may be used by two coroutines in turn.
--FILE--
<?php
// Pins: locals are of one coroutine; statics, globals and references are of all; a generator may be used by two coroutines in turn.
// Status: documented.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
function counter() { static $n = 0; $before = $n; Coroutine::sleep(0.01); return [$before, ++$n]; }
run(function () {
    $shared = [];
    $gen = (function () { for ($i = 0; ; $i++) { yield $i; } })();
    for ($k = 0; $k < 3; $k++) {
        go(function () use ($k, &$shared, $gen) {
            $local = "local $k";
            [$before, $after] = counter();
            $GLOBALS['last'] = $k;
            $g = $gen->current();
            $gen->next();
            $shared[] = [$local, $before, $g];
        });
    }
    Coroutine::sleep(0.1);
    sort($shared);
    echo json_encode($shared), ' ', counter()[1], ' ', json_encode(in_array($GLOBALS['last'], [0, 1, 2], true)), "\n";
});
--EXPECT--
[["local 0",0,0],["local 1",0,1],["local 2",0,2]] 4 true
