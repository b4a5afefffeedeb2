--TEST--
bin/pool: lines of the extension about workers that fail come to the log, in its form, on each build of PHP
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
foreach (['exit 3', 'kill -9 $$'] as $script) {
    echo pool_run('run', '--socket=a.sock', '--name=a', '--boot-time=1ms', '--restart=never', '--', 'sh', '-c', "sleep 0.1; $script");
}
pool('run', '--socket=a.sock', '--name=a', '--boot-time=1ms', '--restart=never', '--log=log', '--log-format=json', '--', 'sh', '-c', 'sleep 0.1; exit 3')->end();
foreach (preg_grep('/exited/', file('log')) as $line) {
    ['level' => $level, 'pool' => $pool, 'message' => $message] = json_decode($line, true);
    echo "$level $pool ", without_times($message), "\n";
}
?>
--EXPECT--
1
NOTICE a: starts 1 worker
WARNING a: worker 0 [a-0] (pid N) exited with code 3 after T s, restarts so far: 0; not restarting
NOTICE a: stops
ERROR a: has ended: workers have failed for good
1
NOTICE a: starts 1 worker
WARNING a: worker 0 [a-0] (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; not restarting
NOTICE a: stops
ERROR a: has ended: workers have failed for good
warning a worker 0 [a-0] (pid N) exited with code 3 after T s, restarts so far: 0; not restarting
