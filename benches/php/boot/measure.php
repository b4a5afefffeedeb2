<?php
// measure.php each|template KILLS PHP...: runs a pool, kills its workers, and prints one line.
declare(strict_types=1);

const WORKERS = 8;
[, $how, $kills] = $argv;
$folder = sys_get_temp_dir() . '/boot-' . getmypid();
register_shutdown_function(function () use ($folder): void {
    array_map(unlink(...), glob("$folder/*"));
    rmdir($folder);
});
mkdir($folder) && chdir($folder);
touch('up');
$pool = proc_open(
    [...array_slice($argv, 3), __DIR__ . '/../../../bin/pool', 'run', '--workers=' . WORKERS, '--socket=a.sock', '--name=boot', '--idle=50ms',
        '--restart-delay=0', '--log=log', ...($how === 'template' ? ['--template=' . __DIR__ . '/bootstrap.php'] : []), __DIR__ . '/worker.php'],
    [['file', '/dev/null', 'r']],
    $pipes,
);
/** The lines of workers that are up, when there are so many. */
function up(int $count): array
{
    global $pool;
    for ($i = 0; count($lines = file('up')) < $count; $i++) {
        usleep(500);
        if ($i % 1000 === 0 && !proc_get_status($pool)['running']) {
            exit("the pool has ended\n");
        }
    }
    return array_map(fn (string $line): array => array_map(intval(...), explode(' ', $line)), $lines);
}

$lines = up(WORKERS);
// They do as many jobs as they like.
usleep(300_000);
$sum = ['Pss' => 0, 'Private_Clean' => 0, 'Private_Dirty' => 0];
foreach ($lines as [, $pid]) {
    preg_match_all('/^(\w+): +(\d+) kB$/m', file_get_contents("/proc/$pid/smaps_rollup"), $found);
    foreach (array_intersect_key(array_combine($found[1], $found[2]), $sum) as $name => $kilobytes) {
        $sum[$name] += $kilobytes / WORKERS / 1024;
    }
}
$times = [];
for ($i = 0; $i < $kills; $i++) {
    [, $pid] = end($lines);
    $began = hrtime(true);
    posix_kill($pid, SIGKILL);
    $lines = up(count($lines) + 1);
    $times[] = (end($lines)[0] - $began) / 1e6;
    // The next one is killed at work.
    usleep(60_000);
}
sort($times);
printf(
    "%d classes; a killed worker works again after %.1f ms (%.1f to %.1f); a worker has %.1f MB (Pss), %.1f MB of its own (USS)\n",
    end($lines)[2],
    $times[intdiv(count($times), 2)],
    $times[0],
    end($times),
    $sum['Pss'],
    $sum['Private_Clean'] + $sum['Private_Dirty'],
);
proc_terminate($pool);
proc_close($pool);
