--TEST--
stats(): the same from master and workers, before, during and after the run
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();
$wire = new Wire();
$pool = new Pool(2, SWOOLE_IPC_UNIXSOCK);
echo json_encode($pool->stats()), "\n";
/** Stable facts. */
function facts(array $stats, Pool $pool): string
{
    foreach ($stats['workers'] as &$worker) {
        $worker['pid'] = $worker['pid'] === null ? null : ($worker['pid'] > 1);
        $worker['started'] = $worker['started'] === null ? null : abs(microtime(true) - $worker['started']) < 60;
        $worker['memory'] = $worker['memory'] === null ? null : $worker['memory'] > 1 << 20 && $worker['memory'] < 1 << 30;
    }
    $stats['master_pid'] = $stats['master_pid'] === $pool->master_pid;
    return json_encode($stats);
}
$pool->on('Start', function (Pool $pool) use ($wire) {
    $wire->tell('Start', facts($pool->stats(), $pool));
    $pool->sendMessage('a', 0);
    $pool->sendMessage('b', 0);
});
$pool->on('WorkerStart', function (Pool $pool, int $id) use ($wire) {
    $own = $pool->stats()['workers'][$id];
    $wire->tell("WorkerStart $id", $own['state'], $own['pid'] === getmypid(), $own['restarts']);
    $id === 1 && $pool->sendMessage('look', 0);
});
$pool->on('Message', function (Pool $pool, string $message) use ($wire) {
    if ($message === 'look') {
        until(fn () => array_column($pool->stats()['workers'], 'state') === ['running', 'running']);
        $wire->tell('worker', facts($pool->stats(), $pool));
        exit(1);
    }
});
$pool->on('WorkerError', function (Pool $pool) use ($wire) {
    $wire->tell('WorkerError', facts($pool->stats(), $pool));
    $pool->shutdown();
});
$pool->on('Shutdown', fn (Pool $pool) => $wire->tell('Shutdown', $pool->stats()['state'], $pool->stats()['workers'][1]['state']));
$pool->set(['restart_delay' => 100, 'restart_max_delay' => 100]);
$pool->start();
$lines = $wire->hearAll();
sort($lines);
echo implode("\n", $lines), "\n", json_encode($pool->stats()), "\n";
?>
--EXPECT--
{"state":"stopped","master_pid":null,"restarts":0,"messages":0,"workers":[]}
Shutdown running running
Start {"state":"running","master_pid":true,"restarts":0,"messages":0,"workers":[{"id":0,"name":null,"state":"waiting","pid":null,"started":null,"restarts":0,"messages":0,"memory":null},{"id":1,"name":null,"state":"waiting","pid":null,"started":null,"restarts":0,"messages":0,"memory":null}]}
WorkerError {"state":"running","master_pid":true,"restarts":0,"messages":3,"workers":[{"id":0,"name":null,"state":"waiting","pid":null,"started":null,"restarts":0,"messages":3,"memory":null},{"id":1,"name":null,"state":"running","pid":true,"started":true,"restarts":0,"messages":0,"memory":true}]}
WorkerStart 0 running true 0
WorkerStart 1 running true 0
worker {"state":"running","master_pid":true,"restarts":0,"messages":2,"workers":[{"id":0,"name":null,"state":"running","pid":true,"started":true,"restarts":0,"messages":2,"memory":true},{"id":1,"name":null,"state":"running","pid":true,"started":true,"restarts":0,"messages":0,"memory":true}]}
{"state":"stopped","master_pid":null,"restarts":0,"messages":0,"workers":[]}
