--TEST--
max_restarts: after more failures than that within restart_window the pool stops and start() gives false
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();
$wire = new Wire();
$pool = new Pool(3, SWOOLE_IPC_UNIXSOCK);
$pool->set(['max_restarts' => 2, 'restart_window' => 60, 'restart_delay' => 0]);
// Worker 1 fails three times when all have begun.
$pool->on('WorkerStart', fn (Pool $pool, int $id) => $id !== 1 && $pool->sendMessage('x', 1));
$pool->on('Start', fn (Pool $pool) => $pool->sendMessage('x', 1));
$pool->on('Message', fn () => exit(1));
$pool->on('WorkerStop', fn (Pool $pool, int $id) => $wire->tell("worker $id stops"));
$pool->on('Shutdown', fn (Pool $pool) => $wire->tell('Shutdown', $pool->running));
$errors = 0;
$pool->on('WorkerError', function (Pool $pool, int $id, array $report) use ($wire, &$errors) {
    $errors++;
    $wire->tell("failure $errors", $report['delay']);
});
var_dump($pool->start(), $pool->running);
$lines = $wire->hearAll();
sort($lines);
echo implode("\n", $lines), "\n";
echo implode("\n", log_lines()), "\n";

// Failures that are far enough apart are forgotten. The pauses grow.
$wire = new Wire();
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
$pool->set(['max_restarts' => 1, 'restart_window' => 0.02, 'restart_delay' => 0.4, 'restart_max_delay' => 1]);
$pool->on('Message', fn () => exit(2));
$delays = [];
$pool->on('Start', fn (Pool $pool) => $pool->sendMessage('x', 0));
$pool->on('WorkerError', function (Pool $pool, int $id, array $report) use (&$delays) {
    $delays[] = $report['delay'];
    count($delays) < 4 ? $pool->sendMessage('x', 0) : $pool->shutdown();
});
var_dump($pool->start());

// An exception in Shutdown counts more than that; of two, the first.
foreach (['gives up', 'throws'] as $how) {
    $pool = new Pool(1);
    $pool->set(['max_restarts' => 1, 'restart_delay' => 0]);
    $pool->on('WorkerStart', fn () => $how === 'throws' ? sleep(600) : exit(1));
    $how === 'throws' && $pool->on('Start', fn () => throw new Exception('in Start'));
    $pool->on('Shutdown', fn () => throw new LogicException('in Shutdown'));
    try {
        var_dump($pool->start());
    } catch (Exception $e) {
        echo $how, ': ', $e->getMessage(), "\n";
    }
}
echo implode("\n", array_slice(log_lines(), -1)), "\n";
$within = fn (float $delay, float $most) => $delay >= $most / 2 && $delay <= $most;
echo json_encode([
    $within($delays[0], 0.4), $within($delays[1], 0.8), $within($delays[2], 1), $within($delays[3], 1),
]), "\n";
?>
--EXPECT--
bool(false)
bool(false)
Shutdown false
failure 1 0
failure 2 0
failure 3 null
worker 0 stops
worker 1 stops
worker 1 stops
worker 1 stops
worker 2 stops
WARNING	worker 1 (pid N) exited with code 1 after T s, restarts so far: 0; restarting in T s
WARNING	worker 1 (pid N) exited with code 1 after T s, restarts so far: 1; restarting in T s
WARNING	worker 1 (pid N) exited with code 1 after T s, restarts so far: 2; not restarting
WARNING	the process pool gives up: its workers have failed more than max_restarts times within restart_window
NULL
gives up: in Shutdown
throws: in Start
WARNING	a callback of the master has thrown LogicException while the pool stops: start() throws the first exception only
[true,true,true,true]
