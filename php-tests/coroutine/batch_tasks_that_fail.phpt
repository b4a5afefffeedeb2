--TEST--
batch(): a task that cannot be started is null; one that throws ends the script, as any uncaught exception, and nobody waits for it
--FILE--
<?php
use Swoole\{Coroutine, Process};
use function Swoole\Coroutine\{run, batch, parallel};
require __DIR__ . '/../support.inc';
run(function () {
    Coroutine::set(['max_coroutine' => 2]);
    echo json_encode(batch([fn () => Coroutine::sleep(0.001), fn () => 'no room', fn () => 'none either'])), "\n";
    Coroutine::set(['max_coroutine' => 100]);
});
$ways = [
    'at once' => fn () => batch([fn () => 1, fn () => throw new Exception('at once')]),
    'later' => fn () => batch([
        fn () => 1,
        function () {
            Coroutine::sleep(0.001);
            throw new Exception('later');
        },
        fn () => Coroutine::yield(),
    ]),
    'parallel' => fn () => parallel(2, fn () => throw new Exception('parallel')),
];
foreach ($ways as $way) {
    $process = new Process(function () use ($way) {
        set_exception_handler(fn (Throwable $e) => print("handler: {$e->getMessage()}\n"));
        run(function () use ($way) {
            $way();
            echo "not reached\n";
        });
        echo "not reached\n";
    }, false, 0);
    $process->start();
    echo ending(Process::wait()), "\n";
}
?>
--EXPECTF--

Warning: Swoole\Coroutine\batch(): exceed max number of coroutine 2 in %s on line %d

Warning: Swoole\Coroutine\batch(): exceed max number of coroutine 2 in %s on line %d
[true,null,null]
handler: at once
code 255
handler: later
code 255
handler: parallel
code 255
