--TEST--
without messages the loop of a worker runs after WorkerStart and before WorkerStop; beside messages it keeps no worker
--FILE--
<?php
use Swoole\{Coroutine, Event, Timer};
use Swoole\Process\{Manager, Pool};
require __DIR__ . '/support.inc';
log_file();
// The second of two workers has only to end the pool.
$begin = fn (Wire $wire) => function (Pool $pool) use ($wire): void {
    if ($pool->stats()['restarts'] > 0) {
        $pool->shutdown();
        return;
    }
    Coroutine::create(function () use ($wire) {
        Coroutine::sleep(0.001);
        $wire->tell('coroutine');
    });
    Timer::after(10, fn () => Timer::after(10, fn () => $wire->tell('timer')));
    $wire->tell('WorkerStart returns');
};
$run = function (string $name, Pool $pool, Wire $wire): void {
    $pool->on('WorkerStop', fn (Pool $pool) => $pool->stats()['restarts'] > 0 || $wire->tell('WorkerStop'));
    $pool->start();
    echo "$name: ", implode(', ', $wire->hearAll()), "\n";
};
foreach (['NONE' => SWOOLE_IPC_NONE, 'MSGQUEUE without Message' => SWOOLE_IPC_MSGQUEUE] as $name => $ipc) {
    $pool = new Pool(1, $ipc);
    $pool->on('WorkerStart', $begin($wire = new Wire()));
    $run($name, $pool, $wire);
}
$manager = new Manager();
$manager->add($begin($wire = new Wire()));
$manager->start();
echo 'Manager: ', implode(', ', $wire->hearAll()), "\n";
// A timer that never ends, an exception and an exit in a callback of the loop.
foreach (['exception' => fn () => throw new Exception(), 'exit' => fn () => exit(3)] as $name => $end) {
    $wire = new Wire();
    $pool = new Pool(1);
    $pool->on('WorkerStart', function (Pool $pool) use ($end) {
        Timer::tick(1, fn () => null);
        Timer::after(2, $end);
    });
    $pool->on('WorkerError', fn (Pool $pool, int $id, array $report) => $wire->tell('code', $report['code']) ?? $pool->shutdown());
    ini_set('display_errors', '0');
    $run($name, $pool, $wire);
    ini_set('display_errors', '1');
}
// Beside messages: what is due before the first one is done.
foreach (['UNIXSOCK' => SWOOLE_IPC_UNIXSOCK, 'MSGQUEUE' => SWOOLE_IPC_MSGQUEUE] as $name => $ipc) {
    foreach (['stop', 'shutdown', 'exit'] as $how) {
        $wire = new Wire();
        $pool = new Pool(1, $ipc);
        $pool->on('WorkerStart', function (Pool $pool) use ($ipc, $wire) {
            if ($pool->stats()['restarts'] > 0) {
                $pool->shutdown();
                return;
            }
            $wire->tell('WorkerStart returns');
            Timer::tick(60000, fn () => $wire->tell('not reached'));
            Coroutine::create(fn () => Coroutine::sleep(60) && $wire->tell('not reached'));
            $pair = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
            Event::add($pair[0], fn () => $wire->tell('not reached', $pair));
            Event::defer(fn () => $wire->tell('deferred'));
            $ipc === SWOOLE_IPC_MSGQUEUE ? $pool->getProcess()->push('x') : $pool->sendMessage('x', 0);
        });
        $pool->on('Message', function (Pool $pool) use ($how, $wire) {
            // Until the signal comes back from the master the loop goes on.
            $how === 'shutdown' || Event::defer(fn () => $wire->tell('not reached'));
            $how === 'exit' ? exit(0) : $pool->$how();
        });
        $run("$name, $how", $pool, $wire);
    }
}
// Who has left the pool is in no hurry. By the time of its WorkerStop there is another one.
$wire = new Wire();
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
$pool->on('WorkerStart', function (Pool $pool) use ($begin, $wire) {
    $begin($wire)($pool);
    $pool->sendMessage('x', 0);
});
$pool->on('Message', fn (Pool $pool) => $pool->stats()['restarts'] > 0 || $pool->detach());
$run('detached', $pool, $wire);
?>
--EXPECT--
NONE: WorkerStart returns, coroutine, timer, WorkerStop
MSGQUEUE without Message: WorkerStart returns, coroutine, timer, WorkerStop
Manager: WorkerStart returns, coroutine, timer
exception: WorkerStop, code 255
exit: WorkerStop, code 255
UNIXSOCK, stop: WorkerStart returns, deferred, WorkerStop
UNIXSOCK, shutdown: WorkerStart returns, deferred, WorkerStop
UNIXSOCK, exit: WorkerStart returns, deferred, WorkerStop
MSGQUEUE, stop: WorkerStart returns, deferred, WorkerStop
MSGQUEUE, shutdown: WorkerStart returns, deferred, WorkerStop
MSGQUEUE, exit: WorkerStart returns, deferred, WorkerStop
detached: WorkerStart returns, coroutine, timer
