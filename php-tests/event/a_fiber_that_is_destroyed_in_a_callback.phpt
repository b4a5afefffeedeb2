--TEST--
A Fiber that is destroyed while it is suspended in a callback of the loop, or of a pool, that runs in it: only the Fiber ends
--FILE--
<?php
use Swoole\Event;
use Swoole\Process\Pool;
use Swoole\Timer;

swoole_async_set(['enable_coroutine' => false]);
set_exception_handler(function (Throwable $exception) {
    echo 'handler: ', get_class($exception), "\n";
});

function suspend(): void
{
    try {
        Fiber::suspend();
    } finally {
        echo "finally\n";
    }
}

$bodies = [
    'loop' => function () {
        Timer::after(1, suspend(...));
        Event::wait();
    },
    'loop that is dispatched' => function () {
        Event::defer(suspend(...));
        Event::dispatch();
    },
    'pool' => function () {
        $pool = new Pool(1);
        $pool->on('Start', suspend(...));
        $pool->on('WorkerStart', fn () => sleep(60));
        $pool->start();
    },
];
foreach ($bodies as $title => $body) {
    echo "$title\n";
    $fiber = new Fiber(function () use ($body) {
        $body();
        echo "not reached\n";
    });
    $fiber->start();
    unset($fiber);
    Timer::after(1, fn () => print "the script goes on\n");
    Event::wait();
}
echo "at the end of the script\n";
$fiber = new Fiber($bodies['loop']);
$fiber->start();
Timer::clearAll();
?>
--EXPECT--
loop
finally
the script goes on
loop that is dispatched
finally
the script goes on
pool
finally
the script goes on
at the end of the script
finally
