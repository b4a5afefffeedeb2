--TEST--
what a script forks in a callback of a pool is no master and no worker when it comes back
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Pool;

$file = tempnam(sys_get_temp_dir(), 'pool');
$note = fn (string $what) => file_put_contents($file, "$what\n", FILE_APPEND);
$child = fn (string $where) => (new Process(fn () => $note("child of $where"), false, 0))->start();
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
$pool->on('Start', fn () => $child('Start'));
$pool->on('Shutdown', function () use ($child, $note) {
    $note('Shutdown');
    $child('Shutdown');
});
$pool->on('WorkerStart', function (Pool $pool) use ($child) {
    pcntl_waitpid($child('WorkerStart'), $status);
    $pool->sendMessage('go', 0);
});
$pool->on('WorkerStop', fn () => $note('WorkerStop'));
$pool->on('Message', function (Pool $pool) use ($child, $note) {
    pcntl_waitpid($child('Message'), $status);
    $pid = pcntl_fork();
    if ($pid === 0) {
        $note('forked in Message');
        return;
    }
    pcntl_waitpid($pid, $status);
    $pool->shutdown();
});
var_dump($pool->start());
while (pcntl_waitpid(-1, $status) > 0);
$lines = file($file);
sort($lines);
echo implode('', $lines);
unlink($file);
?>
--EXPECT--
NULL
Shutdown
WorkerStop
child of Message
child of Shutdown
child of Start
child of WorkerStart
forked in Message
