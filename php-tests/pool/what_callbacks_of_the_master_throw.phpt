--TEST--
an exception, exit() or a fatal error in a callback of the master stops all workers first
--EXTENSIONS--
posix
pcntl
--INI--
display_errors=0
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
foreach (['Start', 'WorkerError', 'Shutdown', 'signal handler', 'timer'] as $event) {
    foreach (['exception', 'exit', 'fatal error'] as $how) {
        $wire = new Wire();
        $master = apart(function () use ($event, $how, $wire) {
            $log = log_file();
            $fail = function () use ($how, $wire, $event) {
                $wire->tell("$event: $how");
                match ($how) {
                    'exception' => throw new Exception('thrown'),
                    'exit' => exit(3),
                    'fatal error' => ini_set('memory_limit', '6M') && str_repeat('x', 1 << 27),
                };
            };
            register_shutdown_function(fn () => $wire->tell('shutdown function'));
            $pool = new Pool(2, SWOOLE_IPC_UNIXSOCK);
            if ($event === 'timer') {
                $pool->on('Start', function () use ($fail, $wire, $how) {
                    Swoole\Timer::after(5, $fail);
                    // Nothing runs after a fatal error.
                    $how === 'fatal error' && Swoole\Timer::after(5, fn () => $wire->tell('not reached'));
                    $how === 'fatal error' && Swoole\Process::signal(SIGCONT, fn () => $wire->tell('not reached'));
                });
                $pool->on('WorkerStop', fn () => posix_kill(posix_getppid(), SIGCONT));
                $pool->on('Shutdown', fn () => $wire->tell('Shutdown'));
            } elseif ($event !== 'signal handler') {
                $pool->on($event, $fail);
            }
            $pool->on('WorkerStart', function (Pool $pool, int $id) use ($event) {
                pcntl_signal(SIGALRM, SIG_DFL);
                if ($id === 1) {
                    match ($event) {
                        'Start', 'timer' => null,
                        'WorkerError' => $pool->sendMessage('fail', 0),
                        'Shutdown' => $pool->shutdown(),
                        'signal handler' => posix_kill(posix_getppid(), SIGALRM),
                    };
                }
            });
            pcntl_async_signals(true);
            $event === 'signal handler' && pcntl_signal(SIGALRM, $fail);
            $pool->on('Message', fn () => posix_kill(getmypid(), SIGKILL));
            try {
                $pool->start();
                $wire->tell('start() has come back');
            } catch (Exception $e) {
                $left = array_filter($pool->stats()['workers'], fn (array $worker) => $worker['pid'] !== null);
                $wire->tell('caught', $e->getMessage(), count($left), $pool->running, $pool->stats()['state']);
                exit(4);
            }
        });
        $end = ending_of($master);
        // Shutdown functions of the workers tell as well, in any order.
        $lines = array_unique($wire->hearAll());
        sort($lines);
        echo "$end: ", implode(', ', $lines), "\n";
    }
}
?>
--EXPECT--
code 4: Start: exception, caught thrown 0 false stopped, shutdown function
code 3: Start: exit, shutdown function
code 255: Start: fatal error, shutdown function
code 4: WorkerError: exception, caught thrown 0 false stopped, shutdown function
code 3: WorkerError: exit, shutdown function
code 255: WorkerError: fatal error, shutdown function
code 4: Shutdown: exception, caught thrown 0 false stopped, shutdown function
code 3: Shutdown: exit, shutdown function
code 255: Shutdown: fatal error, shutdown function
code 4: caught thrown 0 false stopped, shutdown function, signal handler: exception
code 3: shutdown function, signal handler: exit
code 255: shutdown function, signal handler: fatal error
code 255: Shutdown, shutdown function, timer: exception
code 255: Shutdown, shutdown function, timer: exit
code 255: shutdown function, timer: fatal error
