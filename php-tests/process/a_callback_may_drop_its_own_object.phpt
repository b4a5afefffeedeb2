--TEST--
a callback that drops the last references to its object, or that does not fit: the object lives while it runs, errors are the child's
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$p = new Process(function (Process $own) use (&$p) {
    $p = null;
    gc_collect_cycles();
    $own->write('the object is still there');
});
$p->start();
echo $p->read(), ', ', ending(Process::wait()), "\n";

class Keeper
{
    public static ?Process $process = null;
}
Keeper::$process = new Process(function () {
    $own = func_get_args()[0];
    Keeper::$process = null;
    $own->write('and here');
    $own->close();
    unset($own);
});
Keeper::$process->start();
echo Keeper::$process->read(), ', ', ending(Process::wait()), "\n";

foreach ([fn (int $number) => 0, fn ($one, $two) => 0, 'strlen'] as $callback) {
    (new Process($callback, false, 0))->start();
    echo ending(Process::wait()), "\n";
}
?>
--EXPECTF--
the object is still there, code 0
and here, code 0

Fatal error: Uncaught TypeError: %s(): Argument #1 ($number) must be of type int, Swoole\Process given in %s:%d
Stack trace:
#%d %s
#%d %s
#%d {main}
  thrown in %s on line %d
code 255

Fatal error: Uncaught ArgumentCountError: Too few arguments to function %s(), 1 passed and exactly 2 expected in %s:%d
Stack trace:
#%d %s
#%d %s
#%d {main}
  thrown in %s on line %d
code 255

Fatal error: Uncaught TypeError: strlen(): Argument #1 ($string) must be of type string, Swoole\Process given in %s:%d
Stack trace:
#%d %s
#%d %s
#%d {main}
  thrown in %s on line %d
code 255
