--TEST--
nested go: depth first until the first switch; getCid and getPcid in each; return values and arguments.
--FILE--
<?php
// Pins: nested go: depth first until the first switch; getCid and getPcid in each; return values and arguments.
// Status: documented.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
var_dump(Coroutine::getCid(), Coroutine::getPcid());
run(function (...$args) {
    $top = Coroutine::getCid();
    echo 'args ', json_encode($args), ' pcid ', json_encode(Coroutine::getPcid()), "\n";
    $rel = fn () => Coroutine::getCid() - $top . ' (parent ' . (Coroutine::getPcid() - $top) . ')';
    $id = go(function ($x) use ($rel) {
        echo "$x ", $rel(), "\n";
        go(function ($x) use ($rel) {
            echo "$x ", $rel(), "\n";
            go(fn () => print('great-grandchild ' . $rel() . "\n"));
            echo "$x again ", $rel(), "\n";
        }, 'grandchild');
        echo "$x again ", $rel(), "\n";
    }, 'child');
    echo 'go returned ', $id - $top, "\n";
    echo 'exists ', json_encode(Coroutine::exists($id)), ' getPcid of it ', json_encode(Coroutine::getPcid($id)), "\n";
}, 'p', 2);
try {
    go('no_such_function');
} catch (Throwable $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
--EXPECTF--
int(-1)
bool(false)
args ["p",2] pcid -1
child 1 (parent 0)
grandchild 2 (parent 1)
great-grandchild 3 (parent 2)
grandchild again 2 (parent 1)
child again 1 (parent 0)
go returned 1
exists false getPcid of it false
TypeError: Swoole\Coroutine\go(): Argument #1 ($fn) must be of type callable, string given, called in %s on line %d
