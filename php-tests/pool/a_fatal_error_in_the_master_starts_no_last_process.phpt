--TEST--
when what a callback of the master throws stops the pool, what waits gets a last process; after a fatal error nothing of the script runs any more
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();
foreach (['exception', 'fatal error', 'out of memory'] as $how) {
    $wire = new Wire();
    $pid = apart(function () use ($wire, $how) {
        ini_set('display_errors', 0);
        $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
        $pool->set(['max_wait_time' => 120, 'restart_delay' => 3600, 'restart_max_delay' => 3600]);
        $pool->on('Start', fn (Pool $pool) => $pool->sendMessage('first', 0) && $pool->sendMessage('second', 0));
        $pool->on('Message', function (Pool $pool, string $message) use ($wire) {
            $wire->tell($message);
            $message === 'first' && posix_kill(getmypid(), SIGKILL);
        });
        $pool->on('Shutdown', fn () => $wire->tell('Shutdown'));
        $pool->on('WorkerError', fn () => match ($how) {
            'exception' => throw new Exception(),
            // Found when it is compiled.
            'fatal error' => eval('class A extends B {} class A {}'),
            'out of memory' => ini_set('memory_limit', '4M') && str_repeat('x', 1 << 24),
        });
        $pool->start();
    });
    $lines = $wire->hearAll();
    echo "$how: ", implode(', ', $lines), ', ', ending_of($pid), "\n";
    foreach (log_lines() as $line) {
        echo "    $line\n";
    }
    file_put_contents(log_file(), '');
}
?>
--EXPECT--
exception: first, Shutdown, second, code 255
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; restarting in T s
fatal error: first, code 255
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; restarting in T s
    WARNING	the process pool ended before 1 message was handled
out of memory: first, code 255
    WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; restarting in T s
    WARNING	the process pool ended before 1 message was handled
