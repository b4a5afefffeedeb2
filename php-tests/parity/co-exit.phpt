--TEST--
exit inside a coroutine throws ExitException: status and flags; caught in the same coroutine the script goes on.
--FILE--
<?php
// Pins: exit inside a coroutine throws ExitException: status and flags; caught in the same coroutine the script goes on.
// Status: documented.
use Swoole\Coroutine;
use Swoole\ExitException;
use function Swoole\Coroutine\{run, go};
run(function () {
    foreach ([fn () => exit, fn () => exit(3), fn () => exit('text'), fn () => die()] as $f) {
        try {
            $f();
        } catch (ExitException $e) {
            echo $e->getMessage(), ' ', json_encode($e->getStatus()), ' ', $e->getFlags() === SWOOLE_EXIT_IN_COROUTINE ? 'in coroutine' : $e->getFlags(), "\n";
        }
    }
    go(function () {
        try {
            Coroutine::sleep(0.01);
            exit(9);
        } catch (ExitException $e) {
            echo 'again ', $e->getStatus(), ' ', get_parent_class($e), "\n";
        }
    });
    Coroutine::sleep(0.03);
    echo "end of run\n";
});
echo "end of script\n";
--EXPECT--
swoole exit null in coroutine
swoole exit 3 in coroutine
swoole exit "text" in coroutine
swoole exit null in coroutine
again 9 Swoole\Exception
end of run
end of script
