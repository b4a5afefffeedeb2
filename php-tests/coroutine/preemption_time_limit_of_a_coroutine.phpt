--TEST--
setTimeLimit ends whatever the coroutine does: waiting, working, sleeping again and again
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\TimeoutException;
use function Swoole\Coroutine\{run, go};
run(function () {
    $kinds = [
        'sleep' => fn () => Coroutine::sleep(100),
        'many sleeps' => function () { while (true) { usleep(500); } },
        'yield' => fn () => Coroutine::yield(),
        'signal' => fn () => Coroutine\System::waitSignal(SIGUSR1),
        'work' => function () { while (true) { } },
    ];
    foreach ($kinds as $what => $f) {
        $cid = go(function () use ($what, $f) {
            Coroutine::defer(fn () => print("$what: deferred\n"));
            var_dump(Coroutine::setTimeLimit(0.005));
            try {
                $f();
                echo "not reached\n";
            } catch (TimeoutException $e) {
                echo "$what: ", get_parent_class($e), ' ', $e->getCode() === SWOOLE_ERROR_CO_TIMEDOUT, "\n";
            }
            // It is told once.
            var_dump(Coroutine::sleep(0.001));
        });
        Coroutine::join([$cid]);
    }
    var_dump(Coroutine::setTimeLimit(0.001), Coroutine::setTimeLimit(0), Coroutine::sleep(0.005));
    var_dump(Coroutine::setTimeLimit(0.001), Coroutine::setTimeLimit(100), Coroutine::sleep(0.005));
    var_dump(Coroutine::setTimeLimit(-1));
});
try {
    Coroutine::setTimeLimit(1);
} catch (Swoole\Error $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECT--
bool(true)
sleep: Exception 1
bool(true)
sleep: deferred
bool(true)
many sleeps: Exception 1
bool(true)
many sleeps: deferred
bool(true)
yield: Exception 1
bool(true)
yield: deferred
bool(true)
signal: Exception 1
bool(true)
signal: deferred
bool(true)
work: Exception 1
bool(true)
work: deferred
bool(true)
bool(false)
bool(true)
bool(true)
bool(true)
bool(true)
bool(false)
API must be called in the coroutine
