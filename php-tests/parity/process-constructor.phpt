--TEST--
argument checking of the constructor, the id counter, which pipe a new object has, calling the constructor twice.
--FILE--
<?php
// Pins: argument checking of the constructor, the id counter, which pipe a new object has, calling the constructor twice.
// Status: documented (arguments, pipe types); the id counter and the texts of the errors are accidental.
use Swoole\Process;
function f() {}
foreach ([fn () => new Process(), fn () => new Process('no_such_function'), fn () => new Process(1),
          fn () => new Process('f', 'x', [])] as $make) {
    try {
        $make();
        echo "made\n";
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
$first = new Process('f');
$base = $first->id;
echo 'first pipe: ', gettype($first->pipe), "\n";
foreach ([0, 1, 2, 3, -1] as $type) {
    $p = new Process('f', false, $type);
    echo "type $type: id +", $p->id - $base, ' pipe ', gettype($p->pipe), "\n";
}
$p = new Process('f', true, 0);
echo 'redirect with pipe type 0: pipe ', gettype($p->pipe), "\n";
try {
    $p->__construct('f');
    echo "constructed twice\n";
} catch (Throwable $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
echo 'named: ', gettype((new Process(enable_coroutine: true, callback: 'f'))->pipe), "\n";
--EXPECT--
ArgumentCountError: Swoole\Process::__construct() expects at least 1 argument, 0 given
TypeError: Swoole\Process::__construct(): Argument #1 ($callback) must be a valid callback, function "no_such_function" not found or invalid function name
TypeError: Swoole\Process::__construct(): Argument #1 ($callback) must be a valid callback, no array or string given
TypeError: Swoole\Process::__construct(): Argument #3 ($pipe_type) must be of type int, array given
first pipe: integer
type 0: id +1 pipe NULL
type 1: id +2 pipe integer
type 2: id +3 pipe integer
type 3: id +4 pipe integer
type -1: id +5 pipe NULL
redirect with pipe type 0: pipe integer
Error: Constructor of Swoole\Process can only be called once
named: integer
