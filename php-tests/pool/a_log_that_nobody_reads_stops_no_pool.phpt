--TEST--
a log that nobody reads, full from the start: the pool goes on starting workers, and ends when it is told to
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
foreach (['file', 'stderr'] as $target) {
    $fifo = sys_get_temp_dir() . "/log-$target-" . getmypid();
    posix_mkfifo($fifo, 0600);
    $reader = fopen($fifo, 'r+n');
    stream_set_blocking($reader, false);
    while (fwrite($reader, str_repeat('x', 4096)) > 0);
    $wire = new Wire();
    $master = apart(function () use ($wire, $fifo, $target) {
        // The pool's standard error waits for room, as most do.
        $log = fopen($fifo, 'r+');
        $target === 'file' ? swoole_async_set(['log_file' => $fifo]) : Process::daemon(true, true, [null, null, $log]);
        $pool = new Pool(1, SWOOLE_IPC_NONE);
        $pool->set(['restart_delay' => 0]);
        $pool->on('WorkerStart', function () use ($wire) {
            $wire->tell('started by', posix_getppid());
            exit(1);
        });
        $pool->on('Shutdown', fn () => $wire->tell('shutdown'));
        $pool->start();
    });
    for ($n = 0; $n < 20; $n++) {
        $started = $wire->hear();
    }
    posix_kill((int) substr($started, 11), SIGTERM);
    $lines = $wire->hearAll();
    // The daemon's pool runs in a child of $master.
    until_ended((int) substr($started, 11));
    // A worker started just before may come after it.
    echo "$target: ", in_array('shutdown', $lines) ? 'shutdown' : json_encode($lines), ', ', ending_of($master), ', ';
    // What was lost is told when there is room by then: here there is none.
    echo json_encode(preg_match('/[^x]/', stream_get_contents($reader))), "\n";
    unlink($fifo);
}
?>
--EXPECT--
file: shutdown, code 0, 0
stderr: shutdown, code 0, 0
