--TEST--
what a child's shutdown functions and destructors throw, exit or register is treated as at the end of any script
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
function run(string $what, callable $callback): void
{
    echo "--- $what\n";
    (new Process($callback, false, 0))->start();
    echo ending(Process::wait()), "\n";
}
class Loud
{
    public ?Loud $self = null;

    public function __construct(private string $name, private ?Closure $do = null) {}

    public function __destruct()
    {
        echo "destructor of $this->name\n";
        $this->do && ($this->do)();
    }
}
run('a shutdown function throws', function () {
    register_shutdown_function(fn () => throw new Exception('from a shutdown function'));
    register_shutdown_function(fn () => print("the next shutdown function\n"));
    $GLOBALS['global'] = new Loud('a global');
});
run('a shutdown function exits', function () {
    register_shutdown_function(fn () => exit(21));
    register_shutdown_function(fn () => print("the next shutdown function\n"));
    $GLOBALS['global'] = new Loud('a global');
});
run('a shutdown function has a fatal error', function () {
    register_shutdown_function(fn () => eval('class Broken implements Traversable {}'));
    register_shutdown_function(fn () => print("the next shutdown function\n"));
    $GLOBALS['global'] = new Loud('a global');
});
run('a shutdown function registers another one', function () {
    register_shutdown_function(fn () => register_shutdown_function(fn () => print("the inner one\n")));
});
run('exit changes the status in a shutdown function', function () {
    register_shutdown_function(fn () => exit(22));
    exit(23);
});
run('a shutdown function after an uncaught exception', function () {
    register_shutdown_function(fn () => print(error_get_last()['type'] === E_ERROR ? "sees the error\n" : "sees none\n"));
    throw new Exception('uncaught');
});
run('a destructor of a global throws', function () {
    $GLOBALS['first'] = new Loud('the first', fn () => throw new Exception('from a destructor'));
    $GLOBALS['second'] = new Loud('the second');
});
run('a destructor of a local throws', function () {
    $first = new Loud('the first', fn () => throw new Exception('from a destructor'));
    $second = new Loud('the second');
});
run('a destructor of a global exits', function () {
    $GLOBALS['first'] = new Loud('the first', fn () => exit(24));
    $GLOBALS['second'] = new Loud('the second');
});
run('a destructor makes an object', function () {
    $GLOBALS['first'] = new Loud('the first', fn () => $GLOBALS['late'] = new Loud('the late one'));
});
run('an object in a cycle', function () {
    $o = new Loud('the cycle');
    $o->self = $o;
});
run('a destructor after exit', function () {
    $GLOBALS['global'] = new Loud('the global');
    $local = new Loud('the local');
    exit(25);
});
echo "the parent goes on\n";
?>
--EXPECTF--
--- a shutdown function throws

Fatal error: Uncaught Exception: from a shutdown function in %s:%d
Stack trace:
#%d %s
#%d {main}
  thrown in %s on line %d
destructor of a global
code 255
--- a shutdown function exits
destructor of a global
code 21
--- a shutdown function has a fatal error

Fatal error: Class Broken must implement interface Traversable as part of either Iterator or IteratorAggregate in %s on line %d
code 255
--- a shutdown function registers another one
the inner one
code 0
--- exit changes the status in a shutdown function
code 22
--- a shutdown function after an uncaught exception

Fatal error: Uncaught Exception: uncaught in %s:%d
Stack trace:
#%d %s
#%d %s
#%d %s
#%d {main}
  thrown in %s on line %d
sees the error
code 255
--- a destructor of a global throws
destructor of the second
destructor of the first

Fatal error: Uncaught Exception: from a destructor in %s:%d
Stack trace:
#%d %s
#%d %s
#%d {main}
  thrown in %s on line %d
code 255
--- a destructor of a local throws
destructor of the first
destructor of the second

Fatal error: Uncaught Exception: from a destructor in %s:%d
Stack trace:
#%d %s
#%d %s
#%d %s
#%d %s
#%d {main}
  thrown in %s on line %d
code 255
--- a destructor of a global exits
destructor of the second
destructor of the first
code 24
--- a destructor makes an object
destructor of the first
destructor of the late one
code 0
--- an object in a cycle
destructor of the cycle
code 0
--- a destructor after exit
destructor of the local
destructor of the global
code 25
the parent goes on
