--TEST--
A worker with coroutines that becomes a daemon takes no message of its replacement, and exits when its loop is empty
--FILE--
<?php
use Swoole\{Atomic, Process, Process\Pool};
require __DIR__ . '/support.inc';
$wire = new Wire();
$starts = new Atomic();
$master = apart(function () use ($wire, $starts) {
    $who = 'worker';
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK, 0, true);
    $pool->on('WorkerStart', function (Pool $pool) use ($wire, $starts, &$who) {
        if ($starts->add() === 1) {
            $who = 'daemon';
            Process::daemon(true, true);
        } else {
            $pool->sendMessage('hello', 0);
        }
    });
    $pool->on('Message', function (Pool $pool, string $message) use ($wire, &$who) {
        $wire->tell("$who: $message");
        $pool->shutdown();
    });
    $pool->on('WorkerStop', function () use ($wire, &$who) {
        $wire->tell("$who: WorkerStop");
    });
    $pool->start();
});
echo ending_of($master), "\n";
// Ends when the daemon has exited, too.
$lines = $wire->hearAll();
sort($lines);
echo implode("\n", $lines), "\n";
?>
--EXPECT--
code 0
daemon: WorkerStop
worker: WorkerStop
worker: hello
