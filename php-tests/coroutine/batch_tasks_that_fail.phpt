--TEST--
batch(): a task that throws is an uncaught exception; with a handler for those its result is null, and nobody waits for ever
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, batch, parallel};
set_exception_handler(function (Throwable $e) {
    echo 'handler: ', $e->getMessage(), "\n";
});
run(function () {
    echo json_encode(batch([
        'throws' => fn () => throw new Exception('at once'),
        'later' => function () {
            Coroutine::sleep(0.001);
            throw new Exception('later');
        },
        'good' => fn () => 'good',
    ])), "\n";
    parallel(2, fn () => throw new Exception('parallel'));
    Coroutine::set(['max_coroutine' => 3]);
    echo json_encode(batch([fn () => Coroutine::sleep(0.001), fn () => 'no room', fn () => 'none either'])), "\n";
    restore_exception_handler();
    batch([fn () => 1, fn () => throw new Exception('the end')]);
    echo "not reached\n";
});
echo "not reached\n";
?>
--EXPECTF--
handler: at once
handler: later
{"throws":null,"later":null,"good":"good"}
handler: parallel
handler: parallel

Warning: Swoole\Coroutine\batch(): exceed max number of coroutine 3 in %s on line %d

Warning: Swoole\Coroutine\batch(): exceed max number of coroutine 3 in %s on line %d
[true,null,null]

Fatal error: Uncaught Exception: the end in %s:%d
Stack trace:
#0 [internal function]: {closure%S}()
#1 {main}
  thrown in %s on line %d
