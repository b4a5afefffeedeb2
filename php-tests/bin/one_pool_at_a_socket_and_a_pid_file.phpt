--TEST--
bin/pool: a second start with the same pid file or socket refuses; what a killed master has left hinders none
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
echo $status, ' ', implode(' ', glob('*')), "\n";
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
0
