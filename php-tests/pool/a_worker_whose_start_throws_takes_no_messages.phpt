--TEST--
a worker with coroutines whose WorkerStart throws ends after WorkerStop, whatever that does, and leaves messages to the next one
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();
ini_set('display_errors', 0);
$wire = new Wire();
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK, 0, true);
$pool->set(['restart_delay' => 0]);
$pool->on('Start', fn (Pool $pool) => $pool->sendMessage('a message', 0));
$pool->on('WorkerStart', function (Pool $pool) use ($wire) {
    $restarts = $pool->stats()['restarts'];
    $wire->tell("WorkerStart $restarts");
    if ($restarts === 0) {
        throw new Exception('on purpose');
    }
});
$pool->on('Message', function (Pool $pool, string $message) use ($wire) {
    $wire->tell("$message of {$pool->stats()['restarts']}");
    $pool->shutdown();
});
// The error that ends the script is not the last one any more.
$pool->on('WorkerStop', fn () => error_clear_last());
$pool->on('WorkerError', fn (Pool $pool, int $id, array $report) => $wire->tell("WorkerError {$report['code']}", $report['asked']));
var_dump($pool->start());
echo implode("\n", $wire->hearAll()), "\n";
?>
--EXPECT--
NULL
WorkerStart 0
WorkerError 255 false
WorkerStart 1
a message of 1
