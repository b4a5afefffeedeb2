--TEST--
a coroutine that waits in an exception handler when the script ends does not continue after the destructors
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\go;

final class Last
{
    public function __destruct()
    {
        echo "destroyed\n";
    }
}
Coroutine::set(['enable_deadlock_check' => false]);
$last = new Last();
set_exception_handler(function (Throwable $e) {
    echo "handles {$e->getMessage()}\n";
    Coroutine::yield();
    echo "WRONG: goes on\n";
});
go(function () {
    Coroutine::defer(fn () => print("WRONG: deferred\n"));
    throw new Exception('one');
});
echo "end of the script\n";
?>
--EXPECT--
handles one
end of the script
destroyed
