--TEST--
a child that a callback has forked with pcntl is ended by signals that the script or the pool handles in the parent
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
/** Forks a child that uses the module, and ends it by a signal. */
function end_by(int $signal): string
{
    $ready = new Wire();
    $child = pcntl_fork();
    if ($child === 0) {
        @Process::signal(SIGWINCH, null);
        $ready->tell('ready');
        for ($i = 0; $i < 10; $i++) {
            sleep(1);
        }
        exit(0);
    }
    $ready->hear();
    posix_kill($child, $signal);
    pcntl_waitpid($child, $status);
    return pcntl_wifsignaled($status) ? 'signal ' . pcntl_wtermsig($status) : 'code ' . pcntl_wexitstatus($status);
}
Process::signal(SIGUSR1, fn () => print("not here\n"));
$wire = new Wire();
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
$pool->on('Start', fn () => $wire->tell('of the master', end_by(SIGUSR1), end_by(SIGUSR2), end_by(SIGTERM)));
$pool->on('WorkerStart', function (Pool $pool) use ($wire) {
    Process::signal(SIGTERM, fn () => 0);
    $wire->tell('of a worker', end_by(SIGUSR1), end_by(SIGTERM), end_by(SIGHUP));
    $pool->shutdown();
    $pool->stop();
});
$pool->on('Message', fn () => 0);
$pool->set(['max_wait_time' => 1]);
$pool->start();
$lines = array_unique($wire->hearAll());
sort($lines);
echo implode("\n", $lines), "\n";
// One that the pool leaves to the script, and is given up after that: PHP finds its own handler again.
$pool = new Pool(1);
$pool->set(['reload_signals' => false]);
$pool->on('Start', fn () => Process::signal(SIGUSR2, fn () => print("nor here\n")));
$pool->on('WorkerStart', function (Pool $pool) {
    $pool->shutdown();
    sleep(10);
});
var_dump($pool->start(), Process::signal(SIGUSR2, null), Process::signal(SIGUSR1, null));
?>
--EXPECT--
of a worker signal 10 signal 15 signal 1
of the master signal 10 signal 12 signal 15
NULL
bool(true)
bool(true)
