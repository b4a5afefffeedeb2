--TEST--
max_wait_time: a worker that does not end is killed; with 0 it is waited for
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();
$wire = new Wire();
$master = apart(function () use ($wire) {
    $pool = new Pool(3);
    $pool->set(['max_wait_time' => 0.2]);
    $pool->on('WorkerStart', function () use ($wire) {
        pcntl_signal(SIGTERM, SIG_IGN);
        $wire->tell('ready');
        while (true) {
            sleep(100);
        }
    });
    $pool->on('WorkerError', fn () => $wire->tell('WorkerError'));
    $wire->tell('start', $pool->start());
});
$wire->hearSorted(3);
posix_kill($master, SIGTERM);
echo ending_of($master), ' ', implode(', ', $wire->hearAll()), "\n";
$lines = log_lines();
sort($lines);
echo implode("\n", $lines), "\n";

$wire = new Wire();
$master = apart(function () use ($wire) {
    $pool = new Pool(1);
    $pool->set(['max_wait_time' => 0]);
    $pool->on('WorkerStart', function () use ($wire) {
        pcntl_async_signals(true);
        pcntl_signal(SIGTERM, function () use ($wire) {
            $wire->tell('asked');
        });
        $wire->tell(getmypid());
        while (true) {
            sleep(100);
        }
    });
    $pool->start();
});
$worker = (int) $wire->hear();
posix_kill($master, SIGTERM);
echo $wire->hear(), "\n";
posix_kill($worker, SIGKILL);
echo ending_of($master), ' ', json_encode($wire->hearAll()), ' ', count(log_lines()), "\n";
?>
--EXPECT--
code 0 start null
WARNING	worker 0 (pid N) did not exit within max_wait_time and was killed
WARNING	worker 1 (pid N) did not exit within max_wait_time and was killed
WARNING	worker 2 (pid N) did not exit within max_wait_time and was killed
asked
code 0 [] 3
