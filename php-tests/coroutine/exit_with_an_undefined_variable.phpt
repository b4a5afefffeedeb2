--TEST--
exit with an undefined variable in a coroutine: PHP's warning, and a status that is null
--FILE--
<?php
use Swoole\ExitException;
use function Swoole\Coroutine\run;

function leave(): void
{
    $known = 'known';
    exit($undefined);
}

$attempt = function () {
    try {
        leave();
    } catch (ExitException $exit) {
        var_dump($exit->getStatus(), count(array_filter((array) $exit, fn ($key) => str_ends_with($key, 'status'), ARRAY_FILTER_USE_KEY)));
    } catch (Exception $exception) {
        echo get_class($exception), ': ', $exception->getMessage(), "\n";
    }
};
run($attempt);
set_error_handler(function (int $level, string $message) {
    // Others run while the handler waits.
    Swoole\Coroutine::sleep(0.001);
    echo "handler: $message\n";
    return true;
});
run($attempt);
set_error_handler(fn ($level, $message) => throw new ErrorException($message));
run($attempt);
restore_error_handler();
restore_error_handler();
echo "outside\n";
exit($undefined);
?>
--EXPECTF--
Warning: Undefined variable $undefined in %s on line %d
NULL
int(1)
handler: Undefined variable $undefined
NULL
int(1)
ErrorException: Undefined variable $undefined
outside

Warning: Undefined variable $undefined in %s on line %d%A
