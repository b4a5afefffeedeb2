--TEST--
start() in a destructor while an exception is on its way: the child ends by its own callback, the parent's exception goes on
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
class Starts
{
    public function __construct(private Closure $callback) {}

    public function __destruct()
    {
        try {
            (new Process($this->callback, false, 0))->start();
            echo ending(Process::wait()), "\n";
        } finally {
            echo "finally of the destructor\n";
        }
    }
}
foreach ([fn () => 1, fn () => exit(3), fn () => throw new Exception('of the child')] as $callback) {
    try {
        (function () use ($callback) {
            $object = new Starts($callback);
            throw new Exception('of the parent');
        })();
    } catch (Exception $e) {
        echo 'caught the one ', $e->getMessage(), ', previous: ', json_encode($e->getPrevious()), "\n";
    } finally {
        echo "finally\n";
    }
}
?>
--EXPECTF--
code 0
finally of the destructor
caught the one of the parent, previous: null
finally
code 3
finally of the destructor
caught the one of the parent, previous: null
finally

Fatal error: Uncaught Exception: of the child in %s:%d
Stack trace:
#%d %s
#%d %s
#%d %s
#%d {main}
  thrown in %s on line %d
code 255
finally of the destructor
caught the one of the parent, previous: null
finally
