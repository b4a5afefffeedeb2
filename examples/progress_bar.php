<?php
// A progress bar for a pool: workers take jobs from a shared counter and note their progress in a table. Another process
// draws the bar in the terminal.
//
//   scripts/php examples/progress_bar.php    from the checkout
//   php examples/progress_bar.php            where the extension is installed
//
// If the output is not a terminal, only the last line is printed.

use Swoole\{Atomic, Process, Table};
use Swoole\Process\Pool;

const WORKERS = 3;
const JOBS = 60;
const WIDTH = 40;

$next = new Atomic();
$done = new Atomic();
$doing = new Table(64);
$doing->column('job', Table::TYPE_INT);
$doing->column('done', Table::TYPE_INT);
$doing->create();

/** The bar, and a line for each worker. */
function picture(int $done, Table $doing): string
{
    $full = intdiv($done * WIDTH, JOBS);
    $lines = [sprintf('[%s%s] %3d %%', str_repeat('#', $full), str_repeat('.', WIDTH - $full), intdiv($done * 100, JOBS))];
    for ($id = 0; $id < WORKERS; $id++) {
        $row = $doing->get("worker $id") ?: ['job' => 0, 'done' => 0];
        $lines[] = sprintf('  worker %d: %2d done, now job %d', $id, $row['done'], $row['job']);
    }
    return implode("\n", $lines) . "\n";
}

$painter = new Process(function () use ($done, $doing) {
    if (!stream_isatty(STDOUT)) {
        return;
    }
    echo $picture = picture(0, $doing);
    do {
        usleep(50000);
        $finished = $done->get() >= JOBS;
        // Move back to the first line and draw over the old picture.
        echo "\e[", substr_count($picture, "\n"), 'A', $picture = picture($done->get(), $doing);
    } while (!$finished);
}, false, 0);
$painter->start();

$pool = new Pool(WORKERS);
$pool->on('WorkerStart', function (Pool $pool, int $id) use ($next, $done, $doing) {
    while (($job = $next->add()) <= JOBS) {
        $doing->set("worker $id", ['job' => $job]);
        // Instead of work.
        usleep(mt_rand(5000, 20000));
        $doing->incr("worker $id", 'done');
        if ($done->add() === JOBS) {
            $pool->shutdown();
        }
    }
    // No job is left: wait for the end of the pool.
    sleep(10);
});
$pool->start();
while (Process::wait());

$jobs = 0;
foreach ($doing as $row) {
    $jobs += $row['done'];
}
echo "{$done->get()} of ", JOBS, " jobs are done, the workers count $jobs\n";
exit($jobs === JOBS ? 0 : 1);
