--TEST--
SIGWINCH and SIGRTMIN make the master and its workers open the log file again; a script's own handler counts more
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
$log = sys_get_temp_dir() . '/log-' . getmypid();
/** Lines of a file without times and numbers. */
$lines = fn (string $file): string => implode(', ', array_map(fn ($line) => preg_replace(['/^.*\t/', '/pid \d+|\d+\.\d+ s/'], ['', 'N'], rtrim($line)), file($file)));
$wire = new Wire();
$master = apart(function () use ($wire, $log, $lines) {
    swoole_async_set(['log_file' => $log]);
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
    $pool->set(['restart_delay' => 0]);
    $pool->on('WorkerStart', fn () => $wire->tell('start', posix_getppid()));
    // A worker logs an unknown setting.
    $pool->on('Message', function () {
        (new Swoole\Process\Manager())->set(['no_such_setting' => 1]);
        exit(3);
    });
    $pool->on('WorkerError', fn () => $wire->tell('failed'));
    Swoole\Timer::tick(5, function () use ($pool, $log) {
        is_file("$log.go") && unlink("$log.go") && $pool->sendMessage('fail', 0);
    });
    $pool->start();
    // Others as before the start.
    $wire->tell('ended', Process::signal(SIGWINCH, fn () => 0));
});
$wire->hear();
foreach ([SIGWINCH, SIGRTMIN] as $number => $signal) {
    rename($log, "$log.$number");
    posix_kill($master, $signal);
    until(fn () => is_file($log));
    // The worker was forked before.
    // Not touch(), which changes the time of the file afterwards: it may be gone by then.
    file_put_contents("$log.go", "");
    echo $wire->hear(), "\n";
    $wire->hear();
    echo $lines("$log.$number"), "\n";
}
posix_kill($master, SIGTERM);
echo implode(' ', $wire->hearAll()), ' ', ending_of($master), "\n", $lines($log), "\n";

echo "a handler of the script, and a folder that is gone\n";
mkdir("$log.d");
$wire = new Wire();
$master = apart(function () use ($wire, $log) {
    swoole_async_set(['log_file' => "$log.d/log", 'enable_coroutine' => false]);
    $pool = new Pool(1);
    $pool->on('Start', fn () => Process::signal(SIGRTMIN, fn () => $wire->tell('own')));
    $pool->on('WorkerStart', function (Pool $pool) use ($wire) {
        $wire->tell('start');
        sleep(100);
    });
    $pool->start();
});
echo $wire->hear(), "\n";
posix_kill($master, SIGRTMIN);
echo $wire->hear(), "\n";
rename("$log.d", "$log.e");
posix_kill($master, SIGWINCH);
until(fn () => filesize("$log.e/log") > 0 || clearstatcache());
posix_kill($master, SIGTERM);
echo ending_of($master), ' ', $lines("$log.e/log"), "\n";
exec('rm -r ' . escapeshellarg($log) . '*');
?>
--EXPECT--
failed

failed
the log file was opened again, Manager::set(): unknown setting no_such_setting, worker 0 (N) exited with code 3 after N, restarts so far: 0; restarting in N
ended true code 0
the log file was opened again, Manager::set(): unknown setting no_such_setting, worker 0 (N) exited with code 3 after N, restarts so far: 1; restarting in N
a handler of the script, and a folder that is gone
start
own
code 0 the log file cannot be opened again: ENOENT: No such file or directory
