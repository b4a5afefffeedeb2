--TEST--
Pool: with TemplateStart, workers are forked from a template: hooks, shutdown functions, renewTemplate(), coroutines; what is refused
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Pool;

require __DIR__ . '/../support.inc';
$main = getmypid();
register_shutdown_function(fn () => print "shutdown function of the main program: " . json_encode(getmypid() === $main) . "\n");
Process::onFork(fn () => print "before a fork of " . process() . "\n", null, fn () => print "after it in the child\n");
/** Which process this is. */
function process(): string
{
    global $pool, $main, $template;
    return match (true) {
        getmypid() === $main => 'the master',
        $pool->workerId >= 0 => 'a worker, a child of the ' . (posix_getppid() === $main ? 'master' : 'template'),
        default => 'the template',
    };
}
$boots = 0;
$events = function (Pool $pool): void {
    $pool->on('TemplateStart', function (Pool $pool) {
        global $boots;
        $boots++;
        echo process(), " boots\n";
        register_shutdown_function(fn () => print "shutdown function of the application in " . process() . "\n");
        // None of it is for workers.
        Swoole\Timer::tick(1, fn () => print "a timer of the template\n");
    });
    $pool->on('TemplateReady', function (Pool $pool, int $pid, float $took) {
        echo 'ready: ', json_encode([posix_kill($pid, 0), $took >= 0]), "\n";
    });
};
$pool = new Pool(1);
$events($pool);
$pool->on('WorkerStart', function (Pool $pool, int $id) {
    global $boots;
    echo process(), ", boots: $boots\n";
});
$pool->on('WorkerStop', function (Pool $pool, int $id) {
    // The next worker is that of another template.
    $file = sys_get_temp_dir() . '/template-' . $pool->master_pid;
    $signal = is_file($file) ? SIGTERM : SIGUSR1;
    touch($file);
    posix_kill($pool->master_pid, $signal);
    // Until it is asked to stop.
    for ($i = 0; $i < 1000; $i++) {
        usleep(100000);
    }
});
$pool->on('Shutdown', fn () => @unlink(sys_get_temp_dir() . "/template-$main"));
var_dump($pool->start());

echo "-- coroutines\n";
$pool = new Pool(1, SWOOLE_IPC_NONE, 0, true);
$events($pool);
$pool->on('WorkerStart', function (Pool $pool, int $id) {
    Swoole\Coroutine::sleep(0.001);
    echo process(), ' in coroutine ', Swoole\Coroutine::getCid(), "\n";
    $pool->shutdown();
});
var_dump($pool->start());

echo "-- a template that fails\n";
$pool = new Pool(1);
$pool->on('TemplateStart', function (Pool $pool) {
    exit(4);
});
$pool->on('TemplateError', function (Pool $pool, int $pid, array $report) {
    echo json_encode([$pid > 0, $report['reason'], $report['uptime'] > 0, $report['booted']]), "\n";
    $pool->shutdown();
});
$pool->on('WorkerStart', fn () => print "a worker\n");
swoole_async_set(["log_file" => "/dev/null"]);
var_dump($pool->start());

echo "-- refused\n";
try {
    $pool->renewTemplate();
} catch (Swoole\Exception $e) {
    echo $e->getMessage(), "\n";
}
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
try {
    $pool->renewTemplate();
} catch (Swoole\Exception $e) {
    echo $e->getMessage(), "\n";
}
$events($pool);
$pool->on('Message', fn () => null);
try {
    $pool->start();
} catch (Swoole\Exception $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECT--
before a fork of the master
after it in the child
the template boots
ready: [true,true]
before a fork of the template
after it in the child
a worker, a child of the master, boots: 1
before a fork of the master
after it in the child
the template boots
ready: [true,true]
before a fork of the template
after it in the child
a worker, a child of the master, boots: 1
NULL
-- coroutines
before a fork of the master
after it in the child
the template boots
ready: [true,true]
before a fork of the template
after it in the child
a worker, a child of the master in coroutine 1
shutdown function of the application in a worker, a child of the master
NULL
-- a template that fails
before a fork of the master
after it in the child
[true,"exited with code 4",true,false]
NULL
-- refused
only the master of a running process pool can renew its template
the process pool has no template
a process pool with ipc_type has no template
shutdown function of the main program: true
