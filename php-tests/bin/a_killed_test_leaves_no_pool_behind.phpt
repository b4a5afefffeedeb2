--TEST--
bin/pool: a test that is killed leaves no pool behind
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
file_put_contents('worker.php', '<?php file_put_contents("worker-$worker.pid", getmypid() . "\n"); return fn () => false;');
file_put_contents('test.php', '<?php require ' . var_export(__DIR__ . '/support.inc', true) . <<<'PHP'
;
chdir($argv[1]);
$pool = pool('run', '-n2', '--socket=a.sock', '--idle=1h', 'worker.php');
$pool->hear('is ready');
echo "$pool->pid\n";
posix_kill(getmypid(), SIGKILL);
PHP);
$process = proc_open([...php_command(), 'test.php', getcwd()], [1 => ['pipe', 'w']], $pipes, getcwd());
$pids = [(int) fgets($pipes[1]), ...array_map(fn (string $file) => (int) file_get_contents($file), glob('worker-*.pid'))];
proc_close($process);
array_map(until_ended(...), $pids);
echo count($pids), " have ended\n";
?>
--EXPECT--
3 have ended
