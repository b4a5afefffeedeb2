--TEST--
Coroutine::getBackTrace() of one that waits, of one that has resumed the one that asks, of none, and of code outside of coroutines
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};

function names(int $cid): string
{
    $trace = Coroutine::getBackTrace($cid);
    return $trace === false ? 'none' : implode(' < ', array_map(fn ($call) => preg_replace('/\{closure.*/', 'closure', $call['function']), $trace));
}

function waits(): void
{
    Coroutine::yield();
}

function resumes(int $cid): void
{
    Coroutine::resume($cid);
}

run(function () {
    $waits = go(function () {
        waits();
    });
    $below = Coroutine::getCid();
    $asks = go(function () use ($waits, $below) {
        Coroutine::yield();
        echo 'waits: ', names($waits), "\n";
        echo 'below: ', names($below), "\n";
        echo 'none: ', names(999), "\n";
    });
    // Waits once, so that there is an old frame, which is gone when it resumes the other one.
    Coroutine::sleep(0.001);
    resumes($asks);
    Coroutine::resume($waits);
});
echo 'outside: ', names(0), ' / ', names(1), "\n";
function prints(): void
{
    ob_start();
    Coroutine::printBackTrace();
    echo preg_replace('/.*: /', '', ob_get_clean());
}
prints();
?>
--EXPECT--
waits: yield < waits < closure
below: resume < resumes < closure
none: none
outside: getBackTrace < names / none
Swoole\Coroutine::printBackTrace()
prints()
