--TEST--
Pool: an exception in TemplateReady or TemplateError ends the pool; a template that exits is not kept alive by its loop
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process\Pool;

require __DIR__ . '/../support.inc';
swoole_async_set(['log_file' => '/dev/null']);

/** What start() of a pool does. No worker is known to the master by then. */
function run(string $what, array $events): void
{
    $pool = new Pool(2);
    foreach ($events + ['WorkerStart' => fn () => null] as $event => $callback) {
        $pool->on($event, $callback);
    }
    try {
        $pool->start();
        echo "$what: the pool has ended\n";
    } catch (Exception $e) {
        echo "$what: {$e->getMessage()}\n";
    }
}

run('an exception in TemplateReady', [
    'TemplateStart' => fn () => null,
    'TemplateReady' => fn () => throw new Exception('ready'),
]);
run('an exception in TemplateError', [
    'TemplateStart' => fn () => posix_kill(getmypid(), SIGKILL),
    'TemplateError' => fn () => throw new Exception('error'),
]);
run('an exit with a timer', [
    'TemplateStart' => function () {
        Swoole\Timer::tick(1000, fn () => null);
        exit(3);
    },
    'TemplateError' => function (Pool $pool, int $pid, array $report) {
        echo $report['reason'], "\n";
        $pool->shutdown();
    },
]);
echo count(glob('/proc/self/task/*/children')) === 1 ? 'children: ' . file_get_contents('/proc/self/task/' . getmypid() . '/children') : '', "\n";
?>
--EXPECT--
an exception in TemplateReady: ready
an exception in TemplateError: error
exited with code 3
an exit with a timer: the pool has ended
children: 
