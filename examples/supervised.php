<?php
// bin/pool runs this file in three workers. Each call of the function is a job. Started by itself, the file starts the
// program, draws its status once, reloads and stops it.
//
//   php examples/supervised.php
//   bin/pool run --workers=3 examples/supervised.php      the workers alone

if (isset($pool)) {
    $job = 0;
    return function (Swoole\Process\Pool $pool, int $worker) use (&$job) {
        $pool->progress('job ' . ++$job);
        usleep(10000);
    };
}

$socket = sys_get_temp_dir() . '/supervised-' . getmypid() . '.sock';
// This PHP, with its options.
$php = explode("\0", strstr(file_get_contents('/proc/self/cmdline'), "\0" . $_SERVER['argv'][0], true));
$command = fn (string ...$words): array => [...$php, dirname(__DIR__) . '/bin/pool', ...$words, "--socket=$socket"];

$pipes = [];
$master = proc_open($command('run', '--workers=3', '--name=demo', __FILE__), [0 => ['file', '/dev/null', 'r'], 2 => ['pipe', 'w']], $pipes);
do {
    $line = fgets($pipes[2]);
} while ($line !== false && !str_contains($line, 'is ready'));

foreach (['status', 'reload', 'status', 'stop'] as $word) {
    echo "pool $word\n";
    proc_close(proc_open($command($word, ...$word === 'status' ? ['--once'] : []), [], $none));
}
exit(proc_close($master));
