--TEST--
a child of a callback of the master or of a worker runs its function and nothing of the pool
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
foreach (['Process::start', 'pcntl_fork'] as $kind) {
    $wire = new Wire();
    $fork = fn (string $name) => $kind === 'pcntl_fork' ? pcntl_fork() : (new Process(function () use ($wire, $name) {
        $wire->tell("$name runs");
        exit(4);
    }, false, 0))->start();
    $pool = new Pool(1);
    $pool->on('Start', function () use ($fork, $wire) {
        if ($fork('child of the master') === 0) {
            $wire->tell('child of the master goes on');
            return;
        }
        pcntl_wait($status);
    });
    $pool->on('WorkerStart', function (Pool $pool) use ($fork, $wire) {
        if ($fork('child of the worker') === 0) {
            $wire->tell('child of the worker goes on');
            return;
        }
        pcntl_wait($status);
        $wire->tell('code', pcntl_wexitstatus($status));
        // Its WorkerStop is to run.
        pcntl_signal(SIGTERM, SIG_IGN);
        $pool->shutdown();
    });
    $pool->on('WorkerStop', fn () => $wire->tell('WorkerStop'));
    $master = getmypid();
    $result = $pool->start();
    $wire->tell('start() gives', $result);
    if (getmypid() !== $master) {
        exit;
    }
    echo "$kind:\n", implode("\n", $wire->hearAll()), "\n";
}
?>
--EXPECT--
Process::start:
child of the master runs
child of the worker runs
code 4
WorkerStop
start() gives null
pcntl_fork:
child of the master goes on
start() gives false
child of the worker goes on
code 0
WorkerStop
start() gives null
