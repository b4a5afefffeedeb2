--TEST--
a coroutine of a worker may wait for SIGTERM: it goes on, and the worker is asked to stop as without it
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\{Coroutine, Process};
use Swoole\Coroutine\System;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
$run = function (string $name, callable $work) {
    $wire = new Wire();
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK, 0, true);
    $pool->set(['max_wait_time' => 60]);
    $pool->on('WorkerStart', fn (Pool $pool) => $work($pool, $wire));
    $pool->on('Message', fn (Pool $pool, string $text) => $wire->tell('message', $text));
    $pool->on('WorkerStop', fn () => $wire->tell('WorkerStop'));
    $pool->on('WorkerError', fn (Pool $pool, int $id, array $report) => $wire->tell('WorkerError', $report['code'], $report['signal']));
    $pool->start();
    echo "$name: ", implode(', ', $wire->hearAll()), "\n";
};
$clean_up = function (Wire $wire, $signal) {
    Coroutine::sleep(0.002);
    $wire->tell('cleaned up after', $signal);
};
$run('one', function (Pool $pool, Wire $wire) use ($clean_up) {
    Coroutine::create(fn () => $clean_up($wire, System::waitSignal(SIGTERM)));
    $pool->shutdown();
    while ($pool->workerRunning) {
        Coroutine::sleep(0.001);
    }
});
$run('two of several', function (Pool $pool, Wire $wire) use ($clean_up) {
    Coroutine::create(fn () => $clean_up($wire, System::waitSignal([SIGINT, SIGTERM], 60)));
    Coroutine::create(fn () => $clean_up($wire, System::waitSignal(SIGTERM)));
    posix_kill(posix_getppid(), SIGINT);
});
$run('the wait is over', function (Pool $pool, Wire $wire) {
    $wire->tell(System::waitSignal(SIGTERM, 0.001));
    $pool->shutdown();
});
$run('it has come when the wait begins', function (Pool $pool, Wire $wire) use ($clean_up) {
    posix_kill(getmypid(), SIGTERM);
    $pool->shutdown();
    $clean_up($wire, System::waitSignal(SIGTERM, 60));
});
$run('it comes in the last moment', function (Pool $pool, Wire $wire) {
    $pool->shutdown();
    $waiter = Coroutine::create(fn () => System::waitSignal(SIGTERM));
    posix_kill(getmypid(), SIGTERM);
    Coroutine::cancel($waiter);
});
$run('a handler is there', function (Pool $pool, Wire $wire) {
    Process::signal(SIGTERM, fn () => $wire->tell('handler') ?? $pool->stop());
    $wire->tell(@System::waitSignal(SIGTERM));
    $pool->shutdown();
});
$run('no handler while somebody waits', function (Pool $pool, Wire $wire) use ($clean_up) {
    Coroutine::create(fn () => $clean_up($wire, System::waitSignal(SIGTERM)));
    $wire->tell(@Process::signal(SIGTERM, fn () => null));
    $pool->shutdown();
});
?>
--EXPECT--
one: cleaned up after 15, WorkerStop
two of several: cleaned up after 15, cleaned up after 15, WorkerStop
the wait is over: false, WorkerStop
it has come when the wait begins: cleaned up after 15, WorkerStop
it comes in the last moment: WorkerStop
a handler is there: false, handler, WorkerStop
no handler while somebody waits: false, cleaned up after 15, WorkerStop
