--TEST--
the constructor called again throws an Error, and the object stays what it was; after a failed call it can be called
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$p = new Process(fn (Process $p) => $p->write('the first callback'));
$before = [$p->id, $p->pipe, sockets()];
try {
    $p->__construct(fn () => 0, false, SOCK_STREAM);
} catch (Error $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
var_dump($before === [$p->id, $p->pipe, sockets()]);
$p->start();
var_dump($p->read());
Process::wait();

class Late extends Process
{
    public function __construct() {}

    public function construct(...$arguments): void
    {
        parent::__construct(...$arguments);
    }
}
$late = new Late();
try {
    $late->construct('no such function');
} catch (TypeError $e) {
    echo $e->getMessage(), "\n";
}
$late->construct(fn (Process $p) => $p->write(get_class($p) . ' was constructed late'));
$late->start();
var_dump($late->read());
Process::wait();
try {
    $late->construct(fn () => 0);
} catch (Error $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
?>
--EXPECT--
Error: Constructor of Swoole\Process can only be called once
bool(true)
string(18) "the first callback"
Swoole\Process::__construct(): Argument #1 ($callback) must be a valid callback, function "no such function" not found or invalid function name
string(25) "Late was constructed late"
Error: Constructor of Late can only be called once
