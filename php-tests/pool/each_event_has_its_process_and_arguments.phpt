--TEST--
each event comes in its process, with its arguments, and the properties tell where it is
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
foreach ([false, true] as $coroutine) {
    $wire = new Wire();
    $pool = new Pool(2, SWOOLE_IPC_UNIXSOCK, 0, $coroutine);
    $test = getmypid();
    $tell = function (string $event) use ($wire, $pool, $test): Closure {
        return function (...$arguments) use ($event, $wire, $pool, $test) {
            $first = array_shift($arguments);
            $wire->tell(
                $event,
                $first === $pool,
                getmypid() === $test ? 'master' : "worker {$pool->workerId}",
                $arguments,
                $pool->master_pid === $test,
                $pool->workerPid === (getmypid() === $test ? -1 : getmypid()),
                $pool->running,
                $pool->workerRunning,
                Swoole\Coroutine::getCid() > 0 ? 'coroutine' : 'no coroutine',
            );
            if ($event === 'WorkerStart' && $pool->workerId === 0) {
                $pool->sendMessage('a message', 1);
            } elseif ($event === 'Message') {
                $pool->shutdown();
            }
        };
    };
    $pool->on('WorkerError', $tell('WorkerError'));
    if ($coroutine) {
        $pool->on('WorkerExit', $tell('WorkerExit'));
    }
    foreach (['Start', 'Shutdown', 'WorkerStart', 'WorkerStop', 'Message'] as $event) {
        $pool->on($event, $tell($event));
    }
    $tell('before')($pool);
    var_dump($pool->start());
    $tell('after')($pool);
    $lines = array_unique($wire->hearAll());
    sort($lines);
    echo implode("\n", $lines), "\n";
}
?>
--EXPECT--
NULL
Message true worker 1 ["a message"] true true true true no coroutine
Shutdown true master [] true true false true no coroutine
Start true master [] true true true true no coroutine
WorkerStart true worker 0 [0] true true true true no coroutine
WorkerStart true worker 1 [1] true true true true no coroutine
WorkerStop true worker 0 [0] true true false false no coroutine
WorkerStop true worker 1 [1] true true false false no coroutine
after true master [] true true false true no coroutine
before true master [] false true true true no coroutine
NULL
Message true worker 1 ["a message"] true true true true coroutine
Shutdown true master [] true true false true no coroutine
Start true master [] true true true true no coroutine
WorkerExit true worker 0 [0] true true false false no coroutine
WorkerExit true worker 1 [1] true true false false no coroutine
WorkerStart true worker 0 [0] true true true true coroutine
WorkerStart true worker 1 [1] true true true true coroutine
WorkerStop true worker 0 [0] true true false false no coroutine
WorkerStop true worker 1 [1] true true false false no coroutine
after true master [] true true false true no coroutine
before true master [] false true true true no coroutine
