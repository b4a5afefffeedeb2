--TEST--
getContext: one ArrayObject per coroutine, of another coroutine, gone after its end; outside null; its objects die with the coroutine.
--FILE--
<?php
// Pins: getContext: one ArrayObject per coroutine, of another coroutine, gone after its end; outside null; its objects die with the coroutine.
// Status: documented.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
class D { function __construct(public $n) {} function __destruct() { echo "destruct {$this->n}\n"; } }
var_dump(Coroutine::getContext());
run(function () {
    $c = Coroutine::getContext();
    echo get_class($c), ' ', json_encode($c instanceof ArrayObject), ' ', count($c), "\n";
    $c['k'] = 'outer';
    $id = go(function () {
        Coroutine::getContext()['k'] = 'inner';
        Coroutine::getContext()['d'] = new D('inner');
        Coroutine::defer(fn () => print("deferred\n"));
        Coroutine::sleep(0.03);
        echo "inner ends\n";
    });
    echo Coroutine::getContext()['k'], ' ', Coroutine::getContext($id)['k'], ' ', json_encode(Coroutine::getContext() === $c), "\n";
    Coroutine::sleep(0.15);
    var_dump(Coroutine::getContext($id), Coroutine::getContext(9999));
});
--EXPECT--
NULL
Swoole\Coroutine\Context true 0
outer inner true
inner ends
deferred
destruct inner
NULL
NULL
