<?php
// A manager runs workers of different kinds, each with a function of its own, and restarts them when they exit: a clock
// with coroutines, two workers that do jobs, and one that fails until it finds what it needs.
//
//   scripts/php examples/manager.php    from the checkout
//   php examples/manager.php            where the extension is installed

use Swoole\Coroutine;
use Swoole\Process;
use Swoole\Process\{Manager, Pool};

swoole_async_set(['log_file' => '/dev/null']);

// All workers write to one stream of bytes what they have done.
[$reader, $writer] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_DGRAM, 0);
$missing = sys_get_temp_dir() . '/manager-example-' . getmypid();

$manager = new Manager();
$manager->set(['max_wait_time' => 2, 'restart_delay' => 0.01]);

$manager->add(function (Pool $pool, int $id) use ($writer) {
    // A coroutine: while it sleeps, other coroutines of this worker could run.
    for ($tick = 1; $tick <= 3; $tick++) {
        Coroutine::sleep(0.02);
        fwrite($writer, 'tick');
    }
    Coroutine::sleep(60);
}, true);

$manager->addBatch(2, function (Pool $pool, int $id) use ($writer) {
    fwrite($writer, 'work');
    usleep(20_000);
    // The worker exits after one job. Its next process does the next job.
});

$manager->add(function (Pool $pool, int $id) use ($writer, $missing) {
    if (!file_exists($missing)) {
        fwrite($writer, 'fail');
        // After each failure the delay before the restart is longer.
        exit(1);
    }
    fwrite($writer, 'well');
    sleep(60);
});

// An observer repairs what is broken, and stops the manager in the end.
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
    echo "the worker that failed at least three times runs\n";
    unlink($missing);
    Process::kill($master, SIGTERM);
}, false, Process::PIPE_TYPE_NONE);
$watcher->start();

$manager->start();
echo "all of them have ended\n";
