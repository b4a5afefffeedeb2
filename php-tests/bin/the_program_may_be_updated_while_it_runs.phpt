--TEST--
bin/pool loads all of itself at its start: an update, or a removal, of its files meanwhile does not change the pool that runs
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
array_map(mkdir(...), ['bin', 'lib', 'lib/swoole-process']);
$files = ['bin/pool', ...array_map(fn (string $path) => "lib/swoole-process/" . basename($path), glob(__DIR__ . '/../../lib/swoole-process/*.php'))];
foreach ($files as $file) {
    copy(__DIR__ . "/../../$file", $file);
}
file_put_contents('worker.php', '<?php return fn () => false;');
$pool = new Program([...php_command(), 'bin/pool', 'run', '--socket=a.sock', '--name=a', '--idle=10ms', 'worker.php']);
$pool->hear('is ready');
array_map(unlink(...), $files);
echo 'reload ', pool_run('reload', '--socket=a.sock'), 'scale ', pool_run('scale', '2', '--socket=a.sock');
echo strlen(pool('metrics', '--socket=a.sock')->end()[1]) > 1000 ? "metrics\n" : "no metrics\n";
echo 'stop ', pool_run('stop', '--socket=a.sock');
[$status, $output, $log] = $pool->end();
echo $status, "\n", $output, without_times($log);
?>
--EXPECT--
reload 0
scale 0
metrics
stop 0
0
NOTICE a: starts 1 worker
NOTICE a: is ready
NOTICE a: reloads
NOTICE a: is reloaded
NOTICE a: changes to 2 workers
NOTICE a: stops
NOTICE a: has ended
