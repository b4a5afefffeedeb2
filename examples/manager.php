<?php
// A manager runs workers of different kinds, each with a function of its own, and starts them again when they end:
// a clock with coroutines, two that work, and one that fails until it finds what it needs.
//
//   scripts/php examples/manager.php    from the checkout
//   php examples/manager.php            where the extension is installed

use Swoole\Coroutine;
use Swoole\Process;
use Swoole\Process\{Manager, Pool};

swoole_async_set(['log_file' => '/dev/null']);

// A stream of bytes that all of them write to: who did what.
[$reader, $writer] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_DGRAM, 0);
$missing = sys_get_temp_dir() . '/manager-example-' . getmypid();

$manager = new Manager();
$manager->set(['max_wait_time' => 2, 'restart_delay' => 0.01]);

$manager->add(function (Pool $pool, int $id) use ($writer) {
    // A coroutine: it sleeps, and others of this worker could run meanwhile.
    for ($tick = 1; $tick <= 3; $tick++) {
        Coroutine::sleep(0.02);
        fwrite($writer, 'tick');
    }
    Coroutine::sleep(60);
}, true);

$manager->addBatch(2, function (Pool $pool, int $id) use ($writer) {
    fwrite($writer, 'work');
    usleep(20_000);
    // It has done its part. The next one does the next.
});

$manager->add(function (Pool $pool, int $id) use ($writer, $missing) {
    if (!file_exists($missing)) {
        fwrite($writer, 'fail');
        // After each failure the pause before the next start is longer.
        exit(1);
    }
    fwrite($writer, 'well');
    sleep(60);
});

// Somebody looks on, mends what is broken, and ends it all.
$master = getmypid();
$watcher = new Process(function () use ($reader, $missing, $master) {
    $seen = ['tick' => 0, 'work' => 0, 'fail' => 0, 'well' => 0];
    while ($seen['tick'] < 3 || $seen['work'] < 10 || $seen['well'] < 1) {
        $seen[fread($reader, 4)]++;
        if ($seen['fail'] === 3) {
            touch($missing);
        }
    }
    echo "the clock has ticked three times\n";
    echo "the workers have done at least ten parts\n";
    echo "the one that failed at least three times runs\n";
    unlink($missing);
    Process::kill($master, SIGTERM);
}, false, Process::PIPE_TYPE_NONE);
$watcher->start();

$manager->start();
echo "all of them have ended\n";
