--TEST--
a second pool after the first, the same once more, one inside a child; none while one runs, and none inside a worker or a coroutine
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Process;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
function attempt(Closure $body): string
{
    try {
        return json_encode(@$body()) . ' ' . (error_get_last()['message'] ?? '');
    } catch (Throwable $e) {
        return $e::class . ": {$e->getMessage()}";
    }
}
$first = new Pool(1);
$other = new Pool(1);
$other->on('WorkerStart', fn () => 0);
$first->on('Start', function (Pool $pool) use ($other) {
    error_clear_last();
    echo attempt(fn () => new Pool(1)), "\n", attempt(fn () => $other->start()), "\n", attempt(fn () => $pool->start()), "\n";
});
$first->on('WorkerStart', function (Pool $pool) use ($other) {
    error_clear_last();
    echo attempt(fn () => new Pool(1)), "\n", attempt(fn () => $other->start()), "\n", attempt(fn () => $pool->start()), "\n";
    // A child of a worker may.
    $child = new Process(function () {
        $inner = new Pool(1);
        $inner->on('WorkerStart', function (Pool $inner) {
            echo "inner worker\n";
            $inner->shutdown();
        });
        $result = json_encode($inner->start());
        echo "inner pool: $result\n";
    }, false, 0);
    $child->start();
    Process::wait();
    $pool->shutdown();
    sleep(100);
});
for ($i = 0; $i < 2; $i++) {
    var_dump($first->start());
}
$other->on('WorkerStart', function (Pool $pool) {
    echo "the other\n";
    $pool->shutdown();
});
var_dump($other->start());
echo ending_of(apart(fn () => $other->start())), "\n";
error_clear_last();
Coroutine\run(fn () => print(attempt(fn () => $other->start()) . "\n"));
// After all that, the event loop works.
Swoole\Timer::after(1, fn () => print("timer\n"));
Swoole\Event::wait();
?>
--EXPECT--
Swoole\Error: a process pool is running in this process, cannot create another one
Swoole\Error: a process pool is running in this process, cannot start another one
false Swoole\Process\Pool::start(): the process pool has already been started
Swoole\Error: a process pool is running in this process, cannot create another one
Swoole\Error: a process pool is running in this process, cannot start another one
false Swoole\Process\Pool::start(): the process pool has already been started
inner worker
inner pool: null
NULL
Swoole\Error: a process pool is running in this process, cannot create another one
Swoole\Error: a process pool is running in this process, cannot start another one
false Swoole\Process\Pool::start(): the process pool has already been started
Swoole\Error: a process pool is running in this process, cannot create another one
Swoole\Error: a process pool is running in this process, cannot start another one
false Swoole\Process\Pool::start(): the process pool has already been started
inner worker
inner pool: null
NULL
the other
NULL
the other
code 0
Swoole\Error: must be forked outside the coroutine
timer
