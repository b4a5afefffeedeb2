--TEST--
the events of a pool with one worker, which process runs each, their arguments, and the properties in each of them.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: the events of a pool with one worker, which process runs each, their arguments, and the properties in each of them.
// Status: documented; that SIGTERM ends a worker without loop at once, without WorkerStop, is accidental.
use Swoole\Process;
use Swoole\Process\Pool;
$log = tempnam(sys_get_temp_dir(), 'pool');
$note = fn (string $s) => file_put_contents($log, "$s\n", FILE_APPEND);
$main = getmypid();
$pool = new Pool(1);
echo json_encode([$pool->master_pid, $pool->workerPid, $pool->workerId, $pool->workers]), "\n";
$who = fn () => getmypid() === $main ? 'master' : 'worker';
var_dump($pool->on('Start', fn (...$a) => $note($who() . ' Start args ' . count($a) . ' master_pid ' . json_encode($a[0]->master_pid === $main))));
var_dump($pool->on('workerstart', function (...$a) use ($note, $who, $main) {
    [$p, $id] = $a;
    $note($who() . ' WorkerStart args ' . count($a) . " id $id workerId {$p->workerId} pid " . json_encode($p->workerPid === getmypid()) . ' master ' . json_encode($p->master_pid === $main));
    usleep(50000);
    $p->shutdown();
    sleep(3);
    $note('not reached');
}));
var_dump($pool->on('WorkerStop', fn ($p, $id) => $note($who() . " WorkerStop $id")));
var_dump($pool->on('Shutdown', fn (...$a) => $note($who() . ' Shutdown args ' . count($a))));
var_dump($pool->start());
while (Process::wait()) {
}
$lines = file($log);
sort($lines);
echo implode($lines);
unlink($log);
--EXPECT--
[-1,-1,-1,null]
bool(true)
bool(true)
bool(true)
bool(true)
NULL
master Shutdown args 1
master Start args 1 master_pid true
worker WorkerStart args 2 id 0 workerId 0 pid true master true
