--TEST--
shutdown functions that the master has registered run in the master alone; those of a worker, and of its children, in these
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\{Manager, Pool};
require __DIR__ . '/support.inc';

/** Tells where it is destroyed. */
final class Tells
{
    public function __construct(private Wire $wire, private string $name) {}

    public function __destruct()
    {
        $this->wire->tell("$this->name destroyed");
    }
}

/** The lines that a program in a process of its own has told. */
function lines_of(Closure $program): string
{
    $wire = new Wire();
    apart(fn () => $program($wire));
    $lines = $wire->hearAll();
    Process::wait();
    return implode(', ', $lines);
}

/** The second process of a worker ends the pool, and is ended by it. */
function ends(Pool $pool): void
{
    if ($pool->stats()['restarts'] > 0) {
        $pool->shutdown();
        sleep(100);
    }
}

$worker = function (Wire $wire, string $name): Closure {
    return function (Pool $pool) use ($wire, $name) {
        ends($pool);
        register_shutdown_function(fn () => $wire->tell("$name: the worker's own"));
        $child = new Process(fn () => $wire->tell("$name: child"), false, 0);
        $child->start();
        Process::wait();
        $wire->tell("$name: worker returns");
    };
};

echo lines_of(function (Wire $wire) use ($worker) {
    $here = getmypid();
    register_shutdown_function(fn () => $wire->tell('master', getmypid() === $here));
    $pool = new Pool(1);
    $pool->on('Start', fn () => register_shutdown_function(fn () => $wire->tell('of Start', getmypid() === $here)));
    $pool->on('WorkerStart', $worker($wire, 'pool'));
    $pool->start();
    register_shutdown_function(fn () => $wire->tell('after the pool'));
}), "\n";

echo lines_of(function (Wire $wire) use ($worker) {
    register_shutdown_function(fn () => $wire->tell('master'));
    $manager = new Manager();
    $manager->add($worker($wire, 'manager'));
    $manager->start();
}), "\n";

// A pool in the child of a worker of a pool.
echo lines_of(function (Wire $wire) use ($worker) {
    register_shutdown_function(fn () => $wire->tell('master'));
    $pool = new Pool(1);
    $pool->on('WorkerStart', function (Pool $pool) use ($wire, $worker) {
        ends($pool);
        register_shutdown_function(fn () => $wire->tell('outer worker'));
        $child = new Process(function () use ($wire, $worker) {
            register_shutdown_function(fn () => $wire->tell('inner master'));
            $inner = new Pool(1);
            $inner->on('WorkerStart', $worker($wire, 'inner'));
            $inner->start();
        }, false, 0);
        $child->start();
        Process::wait();
    });
    $pool->start();
}), "\n";

// What a function holds lives as long as it would have. A pool that is started by a shutdown function has none itself.
echo lines_of(function (Wire $wire) {
    $held = new Tells($wire, 'held');
    register_shutdown_function(function () use ($held, $wire) {
        $pool = new Pool(1);
        $pool->on('WorkerStart', function (Pool $pool) use ($wire) {
            ends($pool);
            $wire->tell('worker');
        });
        $pool->start();
        $wire->tell('pool has ended');
    });
    register_shutdown_function(fn () => $wire->tell('last'));
}), "\n";
?>
--EXPECT--
pool: child, pool: the worker's own, pool: worker returns, pool: the worker's own, master true, of Start true, after the pool
manager: child, manager: the worker's own, manager: worker returns, manager: the worker's own, master
inner: child, inner: the worker's own, inner: worker returns, inner: the worker's own, outer worker, inner master, outer worker, master
worker, held destroyed, pool has ended, last, held destroyed
