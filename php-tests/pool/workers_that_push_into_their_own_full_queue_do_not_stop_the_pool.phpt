--TEST--
push() into the full queue of the pool waits for other workers, and fails with EDEADLK where none of them makes room
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
const EDEADLK = 35;
log_file();
$job = str_repeat('x', 3000);
$fill = function (Pool $pool) use ($job): string {
    for ($count = 0; $pool->getProcess(0)->push($job); $count++);
    return ($count > 0 ? 'some, then ' : 'none, then ') . (swoole_errno() === EDEADLK ? 'EDEADLK' : swoole_errno());
};
// All workers put more back than they take.
$wire = new Wire();
$pool = new Pool(3, SWOOLE_IPC_MSGQUEUE);
$pool->on('WorkerStart', fn (Pool $pool, int $id) => $id === 0 && $pool->getProcess()->push($job));
$pool->on('Message', function (Pool $pool, string $job) use ($wire, &$handled, &$told) {
    $handled++;
    if ($pool->stats()['state'] !== 'running') {
        return;
    }
    for ($i = 0; $i < 4; $i++) {
        $pushed = $pool->getProcess()->push($job);
        // Once, for nobody listens yet.
        if (!$pushed && !$told) {
            $told = true;
            $wire->tell(swoole_errno() === EDEADLK ? 'EDEADLK' : swoole_errno());
        }
    }
    $handled === 50 && $pool->shutdown();
});
$pool->start();
echo 'in Message: ', implode(', ', array_unique($wire->hearAll())), "\n";
// One that only fills it.
$wire = new Wire();
$pool = new Pool(1, SWOOLE_IPC_MSGQUEUE);
$pool->on('Start', fn (Pool $pool) => $wire->tell('in Start:', $fill($pool)));
$pool->on('WorkerStart', function (Pool $pool) use ($wire, $fill) {
    $wire->tell('in WorkerStart:', $fill($pool));
    $pool->shutdown();
});
$pool->on('Message', fn () => 1);
$pool->start();
echo implode("\n", $wire->hearAll()), "\n";
// Others make room, also those that have not begun.
$wire = new Wire();
$pool = new Pool(2, SWOOLE_IPC_MSGQUEUE);
$pool->on('WorkerStart', function (Pool $pool, int $id) use ($wire, $job) {
    if ($id === 0) {
        $count = array_sum(array_map(fn () => $pool->getProcess()->push($job), range(1, 200)));
        $pool->shutdown();
        $wire->tell('beside others:', $count);
    } else {
        usleep(100000);
    }
});
$pool->on('Message', fn () => 1);
$pool->start();
echo implode("\n", $wire->hearAll()), "\n";
// Two that send to each other.
$wire = new Wire();
$pool = new Pool(2, SWOOLE_IPC_UNIXSOCK);
$pool->on('WorkerStart', function (Pool $pool, int $id) use ($wire) {
    for ($sent = 0; @$pool->sendMessage(str_repeat('x', 10000), 1 - $id); $sent++);
    $wire->tell('to each other:', preg_replace('/^.*: /', '', error_get_last()['message']));
    $wire->tell('first');
    $pool->shutdown();
});
$pool->on('Message', fn () => 1);
$pool->start();
echo $wire->hear(), "\n";
?>
--EXPECT--
in Message: EDEADLK
in Start: some, then EDEADLK
in WorkerStart: none, then EDEADLK
beside others: 200
to each other: Resource deadlock avoided[35]
