--TEST--
what waitSignal refuses, and how a wait for a signal is cancelled
--FILE--
<?php
use Swoole\{Coroutine, Process};
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
run(function () {
    $cid = go(function () { var_dump(System::waitSignal(SIGUSR1), swoole_last_error() === SWOOLE_ERROR_CO_CANCELED); });
    Coroutine::cancel($cid);
    $cid = go(function () {
        try {
            System::waitSignal(SIGUSR1);
        } catch (Coroutine\CanceledException $e) {
            echo get_class($e), "\n";
        }
    });
    Coroutine::cancel($cid, true);
    // Free again for a handler of the script.
    var_dump(Process::signal(SIGUSR1, fn () => null), Process::signal(SIGUSR1, null));
    foreach ([SIGKILL, 0, -1, 128, [], [SIGUSR1, 'x']] as $bad) {
        var_dump(@System::waitSignal($bad, 1));
    }
    var_dump(@System::waitSignal('12', 0.001));
    try {
        System::waitSignal('x');
    } catch (TypeError $e) {
        echo $e->getMessage(), "\n";
    }
});
try {
    System::waitSignal(SIGUSR1);
} catch (Swoole\Error $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECT--
bool(false)
bool(true)
Swoole\Coroutine\CanceledException
bool(true)
bool(true)
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
Swoole\Coroutine\System::waitSignal(): Argument #1 ($signals) must be of type array|int, string given
API must be called in the coroutine
