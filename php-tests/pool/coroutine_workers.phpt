--TEST--
coroutine mode: timers and coroutines keep a worker that is asked to stop, WorkerExit comes until its loop is empty; exceptions and exit() end it
--EXTENSIONS--
posix
pcntl
--INI--
display_errors=0
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Process\Pool;
use Swoole\Timer;
require __DIR__ . '/support.inc';
log_file();
// Asked to stop by the master, by a signal to itself, by stop().
foreach (['shutdown', 'SIGTERM', 'SIGINT', 'stop'] as $how) {
    $wire = new Wire();
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK, 0, true);
    $exits = 0;
    $timer = null;
    $pool->on('WorkerStart', function (Pool $pool) use ($wire, &$timer) {
        if ($pool->stats()['restarts'] > 0) {
            $wire->tell('the next one');
            $pool->shutdown();
            return;
        }
        $timer = Timer::tick(1, fn () => null);
        Coroutine::create(function () use ($wire, $pool) {
            while ($pool->workerRunning) {
                Coroutine::sleep(0.001);
            }
            Coroutine::sleep(0.01);
            $wire->tell('a coroutine has ended');
        });
        $pool->sendMessage('go', 0);
    });
    $pool->on('Message', function (Pool $pool) use ($wire, $how) {
        match ($how) {
            'shutdown' => $pool->shutdown(),
            'SIGTERM' => posix_kill(getmypid(), SIGTERM),
            'SIGINT' => posix_kill(getmypid(), SIGINT),
            'stop' => $pool->stop(),
        };
        Coroutine::sleep(0.02);
        $wire->tell('the message is handled', $pool->running, $pool->workerRunning);
    });
    $pool->on('WorkerExit', function (Pool $pool, int $id) use (&$exits, &$timer, $wire) {
        if (++$exits === 20) {
            Timer::clear($timer);
            $wire->tell("WorkerExit of $id has come often enough");
        }
    });
    $pool->on('WorkerStop', fn () => $wire->tell('WorkerStop', Coroutine::stats()['coroutine_num']));
    $pool->on('WorkerError', fn (Pool $pool, int $id, array $report) => $wire->tell('WorkerError', $report['code'], $report['signal']));
    $pool->start();
    $lines = $wire->hearAll();
    $first = array_slice($lines, 0, 3);
    sort($first);
    echo "$how: ", implode(', ', $first), ", {$lines[3]}\n";
}
// What ends a worker at once.
foreach (['exception', 'exit', 'exit in a timer', 'exception in WorkerExit', 'fatal'] as $how) {
    $wire = new Wire();
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK, 0, true);
    $pool->set(['restart_delay' => 0]);
    $pool->on('WorkerStart', function (Pool $pool) use ($how) {
        if ($pool->stats()['restarts'] > 0) {
            $pool->shutdown();
        } elseif ($how === 'exit in a timer') {
            Timer::after(1, fn () => exit(3));
        } else {
            $pool->sendMessage('go', 0);
        }
        Coroutine::sleep(0.01);
    });
    $pool->on('Message', fn (Pool $pool) => match ($how) {
        'exception' => throw new Exception(),
        'exit' => exit(3),
        'fatal' => ini_set('memory_limit', '4M') && str_repeat('x', 1 << 24),
        default => $pool->stop(),
    });
    if ($how === 'exception in WorkerExit') {
        $pool->on('WorkerExit', fn (Pool $pool) => $pool->stats()['restarts'] > 0 || throw new Exception());
    }
    $pool->on('WorkerStop', fn () => $wire->tell('WorkerStop'));
    $pool->on('WorkerError', fn (Pool $pool, int $id, array $report) => $wire->tell('WorkerError', $report['code']));
    $pool->start();
    echo "$how: ", implode(', ', $wire->hearAll()), "\n";
}
// Without it, timers of a worker that has not been asked keep it; nothing else does.
$wire = new Wire();
$pool = new Pool(1, SWOOLE_IPC_NONE, 0, true);
$pool->on('WorkerStart', fn (Pool $pool) => Timer::after(10, fn () => $wire->tell('timer') ?? ($pool->stats()['restarts'] > 0 && $pool->shutdown())));
$pool->on('WorkerStop', fn () => $wire->tell('WorkerStop'));
$pool->start();
echo implode(', ', array_slice($wire->hearAll(), 0, 3)), "\n";
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
$pool->on('WorkerExit', fn () => 0);
$pool->on('Message', fn () => 0);
try {
    $pool->start();
} catch (Swoole\Exception $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECT--
shutdown: WorkerExit of 0 has come often enough, a coroutine has ended, the message is handled false false, WorkerStop 0
SIGTERM: WorkerExit of 0 has come often enough, a coroutine has ended, the message is handled false false, WorkerStop 0
SIGINT: WorkerExit of 0 has come often enough, a coroutine has ended, the message is handled false false, WorkerStop 0
stop: WorkerExit of 0 has come often enough, a coroutine has ended, the message is handled false false, WorkerStop 0
exception: WorkerStop, WorkerError 255, WorkerStop
exit: WorkerStop, WorkerError 255, WorkerStop
exit in a timer: WorkerStop, WorkerError 255, WorkerStop
exception in WorkerExit: WorkerStop, WorkerError 255, WorkerStop
fatal: WorkerError 255, WorkerStop
timer, WorkerStop, timer
cannot set `onWorkerExit` without enable_coroutine
