--TEST--
getProcess(): one object for each worker, which follows its process; pipes between master and workers; nothing to start
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
$wire = new Wire();
$pool = new Pool(2, SWOOLE_IPC_UNIXSOCK);
var_dump($pool->getProcess(0));
$pool->on('Start', function (Pool $pool) use ($wire) {
    $wire->tell('master', $pool->getProcess(1)->id, $pool->getProcess(1)->pid, @$pool->getProcess(), @$pool->getProcess(2), @$pool->getProcess(-2));
});
$pool->on('WorkerStart', function (Pool $pool, int $id) use ($wire) {
    $own = $pool->getProcess();
    $wire->tell("worker $id", $own->pid === getmypid(), $own->id, $own === $pool->getProcess($id), $own === $pool->getProcess(-2), @$own->start(), count($pool->workers));
    if ($id === 1) {
        // A message to worker 0, which answers by the pipe of this one.
        $pool->getProcess(0)->write('by the pipe');
    }
});
$pool->on('Message', function (Pool $pool, string $message) use ($wire) {
    static $done = false;
    // The next worker 1 writes as well.
    if ($pool->workerId === 0 && !$done) {
        $done = true;
        until(fn () => $pool->getProcess(1)->pid > 1);
        $first = $pool->getProcess(1);
        $before = $first->pid;
        $wire->tell("0 got $message", $before > 1 && $before === $pool->stats()['workers'][1]['pid']);
        $before > 1 && posix_kill($before, SIGKILL);
        until(fn () => !in_array($pool->stats()['workers'][1]['pid'], [$before, null]));
        $again = $pool->getProcess(1);
        $wire->tell('follows', $again === $first, $again->pid === $pool->stats()['workers'][1]['pid'], $again->pid !== $before);
        $pool->shutdown();
    }
});
$pool->on('WorkerError', fn () => 0);
$pool->set(['restart_delay' => 0]);
log_file();
$pool->start();
var_dump($pool->getProcess(0));
$lines = array_unique($wire->hearAll());
sort($lines);
echo implode("\n", $lines), "\n";
?>
--EXPECT--
bool(false)
bool(false)
0 got by the pipe true
follows true true true
master 1 0 false false false
worker 0 true 0 true true false 2
worker 1 true 1 true true false 1
