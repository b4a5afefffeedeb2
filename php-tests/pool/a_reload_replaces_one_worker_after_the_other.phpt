--TEST--
USR1 and USR2 replace the workers one after the other; a second one during a reload begins again; each worker has its own kill timer
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
foreach ([SIGUSR1, SIGUSR2] as $signal) {
    $wire = new Wire();
    $master = apart(function () use ($wire) {
        log_file();
        $pool = new Pool(4, SWOOLE_IPC_UNIXSOCK);
        // One is killed each time; the others need far less.
        $pool->set(['max_wait_time' => 1]);
        $pool->on('WorkerStart', function (Pool $pool, int $id) use ($wire) {
            if ($id === 2) {
                pcntl_signal(SIGTERM, SIG_IGN);
            }
            $wire->tell("start of $id");
        });
        $pool->on('Message', fn () => 0);
        $pool->on('WorkerStop', fn (Pool $pool, int $id) => $wire->tell("stop of $id"));
        $pool->start();
        // Once in each reload, and at the end.
        $wire->tell('killed', count(preg_grep('/did not exit within/', log_lines())) >= 3);
    });
    $wire->hearSorted(4);
    posix_kill($master, $signal);
    $lines = [];
    while (count($lines) < 7) {
        $lines[] = $wire->hear();
    }
    echo implode(', ', preg_grep('/stop/', $lines)), "\n";
    $starts = preg_grep('/start/', $lines);
    sort($starts);
    echo implode(', ', $starts), "\n";
    // Once more, and again when the first worker is through: its turn comes a second time, after all others.
    posix_kill($master, $signal);
    $wire->hearUntil('start of 0');
    posix_kill($master, $signal);
    $lines = [];
    do {
        $lines[] = $wire->hear();
        // The one that ignores SIGTERM is to do so by the time the pool is stopped.
    } while (array_diff(['start of 0', 'start of 2'], $lines));
    echo implode(', ', array_diff(array_unique(preg_grep('/stop/', $lines)), ['stop of 1'])), "\n";
    posix_kill($master, SIGTERM);
    echo ending_of($master), ', ', implode(' ', preg_grep('/killed/', $wire->hearAll())), "\n";
}
?>
--EXPECT--
stop of 0, stop of 1, stop of 3
start of 0, start of 1, start of 2, start of 3
stop of 3, stop of 0
code 0, killed true
stop of 0, stop of 1, stop of 3
start of 0, start of 1, start of 2, start of 3
stop of 3, stop of 0
code 0, killed true
