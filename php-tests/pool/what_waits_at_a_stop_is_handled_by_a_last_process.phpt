--TEST--
when the pool stops, a last process handles what waits for a worker that has no process
--EXTENSIONS--
pcntl
posix
sysvmsg
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();
const KINDS = [
    'sockets' => [SWOOLE_IPC_UNIXSOCK, []],
    'bus' => [SWOOLE_IPC_UNIXSOCK, ['enable_message_bus' => true]],
    'coroutines' => [SWOOLE_IPC_UNIXSOCK, ['enable_coroutine' => true]],
    'queue' => [SWOOLE_IPC_MSGQUEUE, []],
];

function is_stopping(Pool $pool): bool
{
    return $pool->stats()['state'] === 'stopping';
}

/** Runs a pool of one worker that gets ten messages, and tells what has become of them. */
function run(string $title, string $kind, Closure $handle, array $events, array $settings = []): void
{
    [$type, $how] = KINDS[$kind];
    $wire = new Wire();
    $pool = new Pool(1, $type);
    // Long enough for what is to be handled, however slow the machine is.
    $pool->set($how + $settings + ['max_wait_time' => 120, 'restart_delay' => 3600, 'restart_max_delay' => 3600]);
    $pool->on('WorkerStart', fn () => 0);
    $pool->on('Start', function (Pool $pool) use ($type) {
        for ($i = 0; $i < 10; $i++) {
            $type === SWOOLE_IPC_MSGQUEUE ? $pool->getProcess(0)->push((string) $i) : $pool->sendMessage((string) $i, 0);
        }
    });
    $pool->on('Message', function (Pool $pool, string $message) use ($wire, $handle) {
        $wire->tell($message);
        $handle($pool, $message);
    });
    foreach ($events as $event => $callback) {
        $pool->on($event, $callback);
    }
    $pool->start();
    printf("%s, %s: %s\n", $title, $kind, implode(' ', $wire->hearAll()));
    foreach (log_lines() as $line) {
        echo "    $line\n";
    }
    file_put_contents(log_file(), '');
}

foreach (array_keys(KINDS) as $kind) {
    // The worker has left already, for a reload, when the pool stops.
    run('replaced', $kind, function (Pool $pool, string $message) {
        if ($message === '3') {
            posix_kill(posix_getppid(), SIGUSR1);
            until(fn () => $pool->stats()['workers'][0]['state'] === 'stopping');
        }
    }, ['WorkerStop' => function (Pool $pool) {
        is_stopping($pool) || $pool->shutdown();
        until(fn () => is_stopping($pool));
    }]);
    $crash = fn (string ...$at) => fn (Pool $pool, string $message) => in_array($message, $at, true) && posix_kill(getmypid(), SIGKILL);
    $stop = ['WorkerError' => fn (Pool $pool) => is_stopping($pool) || $pool->shutdown()];
    run('crashed', $kind, $crash('3'), $stop);
    run('crashed again', $kind, $crash('3', '5'), $stop);
    // It crashes when it has been asked to stop.
    run('crashed late', $kind, function (Pool $pool, string $message) {
        if ($message === '3') {
            $pool->shutdown();
            until(fn () => is_stopping($pool));
            posix_kill(getmypid(), SIGSEGV);
        }
    }, []);
    run('given up', $kind, $crash('3', '5'), [], ['max_restarts' => 1, 'restart_delay' => 0]);
}
// Its limit is no reason to leave what nobody else will handle.
run('limited', 'sockets', function (Pool $pool, string $message) {
    if ($message === '1') {
        $pool->shutdown();
        until(fn () => is_stopping($pool));
    }
}, [], ['max_requests' => 3]);
?>
--EXPECT--
replaced, sockets: 0 1 2 3 4 5 6 7 8 9
crashed, sockets: 0 1 2 3 4 5 6 7 8 9
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; restarting in T s
crashed again, sockets: 0 1 2 3 4 5
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; restarting in T s
    WARNING	the process pool ended before 4 messages were handled
crashed late, sockets: 0 1 2 3 4 5 6 7 8 9
    WARNING	worker 0 (pid N) was killed by SIGSEGV (11) after T s, restarts so far: 0; it had been asked to stop
given up, sockets: 0 1 2 3 4 5
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; restarting in T s
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 1; not restarting
    WARNING	the process pool gives up: its workers have failed more than max_restarts times within restart_window
    WARNING	the process pool ended before 4 messages were handled
replaced, bus: 0 1 2 3 4 5 6 7 8 9
crashed, bus: 0 1 2 3 4 5 6 7 8 9
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; restarting in T s
crashed again, bus: 0 1 2 3 4 5
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; restarting in T s
    WARNING	the process pool ended before 4 messages were handled
crashed late, bus: 0 1 2 3 4 5 6 7 8 9
    WARNING	worker 0 (pid N) was killed by SIGSEGV (11) after T s, restarts so far: 0; it had been asked to stop
given up, bus: 0 1 2 3 4 5
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; restarting in T s
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 1; not restarting
    WARNING	the process pool gives up: its workers have failed more than max_restarts times within restart_window
    WARNING	the process pool ended before 4 messages were handled
replaced, coroutines: 0 1 2 3 4 5 6 7 8 9
crashed, coroutines: 0 1 2 3 4 5 6 7 8 9
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; restarting in T s
crashed again, coroutines: 0 1 2 3 4 5
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; restarting in T s
    WARNING	the process pool ended before 4 messages were handled
crashed late, coroutines: 0 1 2 3 4 5 6 7 8 9
    WARNING	worker 0 (pid N) was killed by SIGSEGV (11) after T s, restarts so far: 0; it had been asked to stop
given up, coroutines: 0 1 2 3 4 5
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; restarting in T s
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 1; not restarting
    WARNING	the process pool gives up: its workers have failed more than max_restarts times within restart_window
    WARNING	the process pool ended before 4 messages were handled
replaced, queue: 0 1 2 3 4 5 6 7 8 9
crashed, queue: 0 1 2 3 4 5 6 7 8 9
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; restarting in T s
crashed again, queue: 0 1 2 3 4 5
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; restarting in T s
    WARNING	the process pool ended before 4 messages were handled
crashed late, queue: 0 1 2 3 4 5 6 7 8 9
    WARNING	worker 0 (pid N) was killed by SIGSEGV (11) after T s, restarts so far: 0; it had been asked to stop
given up, queue: 0 1 2 3 4 5
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; restarting in T s
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 1; not restarting
    WARNING	the process pool gives up: its workers have failed more than max_restarts times within restart_window
    WARNING	the process pool ended before 4 messages were handled
limited, sockets: 0 1 2 3 4 5 6 7 8 9
