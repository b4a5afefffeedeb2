--TEST--
bin/pool: a second start with the same pid file or socket refuses; what a killed master has left hinders none; of several starts at the same time one runs
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
$run = fn (string ...$more) => ['run', '--name=a', '--boot-time=0', ...$more, '--', 'sleep', '1000'];
$pool = pool(...$run('--socket=a.sock'));
$pool->hear('is ready');
echo pool_run(...$run('--socket=a.sock'));
echo pool_run(...$run('--socket=b.sock', '--pid-file=a.pid'));
echo pool_run(...$run('--socket=a.sock', '--pid-file=b.pid'));
echo implode(' ', glob('*')), "\n";
$workers = array_column(status('a.sock')['workers'], 'pid');
$pool->signal(SIGKILL);
$pool->end();
array_map(until_ended(...), $workers);
echo implode(' ', glob('*')), "\n";
$pool = pool(...$run('--socket=a.sock'));
$pool->hear('is ready');
$pool->signal(SIGTERM);
[$status, , $log] = $pool->end();
echo $status, ' ', count(glob('*')), "\n";

$races = [
    'the same socket' => fn (int $number) => ['--socket=a.sock'],
    'the same pid file' => fn (int $number) => ["--socket=$number.sock", '--pid-file=a.pid'],
    'the same socket, and different pid files' => fn (int $number) => ['--socket=a.sock', "--pid-file=$number.pid"],
];
foreach ($races as $title => $options) {
    for ($round = 0; $round < 4; $round++) {
        // What a killed master has left is there in every second round.
        if ($round % 2) {
            fclose(stream_socket_server('unix://' . getcwd() . '/a.sock'));
            file_put_contents('a.pid', "999999\n");
        }
        $pools = array_map(fn (int $number) => pool(...$run(...$options($number))), range(1, 3));
        $left = fn () => array_filter($pools, fn (Program $pool) => !in_array(state($pool->pid), [null, 'Z'], true));
        until(fn () => count($left()) === 1);
        $survivor = current($left());
        $survivor->hear('is ready');
        $survivor->signal(SIGTERM);
        $statuses = array_map(fn (Program $pool) => $pool->end()[0], $pools);
        sort($statuses);
        $ends[] = implode(' ', $statuses);
        array_map(unlink(...), [...glob('*.pid'), ...glob('*.sock')]);
    }
    echo "$title: ", implode(', ', array_unique($ends)), "\n";
}
?>
--EXPECT--
75
pool: the pool runs already, as process N: a.pid is locked
75
pool: the pool runs already, as process N: a.pid is locked
75
pool: a pool runs already at a.sock
a.pid a.sock
a.pid a.sock
0 0
the same socket: 0 75 75
the same pid file: 0 75 75
the same socket, and different pid files: 0 75 75
