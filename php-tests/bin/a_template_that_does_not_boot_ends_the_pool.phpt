--TEST--
bin/pool: a template that does not boot at the start ends the pool with a message; where there is none; its surroundings
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
file_put_contents('worker.php', '<?php echo "worker $worker has ", getenv("COLOR"), " ", getenv("POOL_WORKER"), "\n"; return function ($pool) { $pool->shutdown(); return false; };');
$quiet = '<?php ini_set("display_errors", 0); ini_set("log_errors", 0);';
foreach (["throw new LogicException('no key');", 'new Nothing;', 'exit;', '$pool = new Swoole\Process\Pool(1);'] as $text) {
    file_put_contents('boot.php', "$quiet $text");
    echo pool_run('run', '-n3', '--socket=a.sock', '--name=a', '--template=boot.php', 'worker.php'), "\n";
}
echo pool_run('run', '--template=nothing.php', 'worker.php'), "\n";
echo pool_run('run', '--template=boot.php', '--', 'true'), "\n";

mkdir('there');
file_put_contents('boot.php', '<?php echo "boots with ", getenv("COLOR"), " in ", basename(getcwd()), ", worker ", var_export(getenv("POOL_WORKER"), true), "\n";');
file_put_contents('pool.ini', "template = boot.php\nscript = worker.php\ncwd = there\n[env]\nCOLOR = red\n");
$pool = pool('run', '--config=pool.ini', '--socket=a.sock', '--name=a');
[$status, $output] = $pool->end();
echo "$output$status\n";
?>
--EXPECT--
70
NOTICE a: starts 3 workers
WARNING a: the template (pid N) exited with code 255 after T s, before it had booted
ERROR a: gives up: the template exited with code 255: Uncaught LogicException: no key in /boot.php:1
NOTICE a: stops
NOTICE a: has ended

70
NOTICE a: starts 3 workers
WARNING a: the template (pid N) exited with code 255 after T s, before it had booted
ERROR a: gives up: the template exited with code 255: Uncaught Error: Class "Nothing" not found in /boot.php:1
NOTICE a: stops
NOTICE a: has ended

70
NOTICE a: starts 3 workers
WARNING a: the template (pid N) exited with code 0 after T s, before it had booted
ERROR a: gives up: the template exited with code 0
NOTICE a: stops
NOTICE a: has ended

70
NOTICE a: starts 3 workers
WARNING a: the template (pid N) exited with code 255 after T s, before it had booted
ERROR a: gives up: the template exited with code 255: Uncaught Swoole\Error: a process pool is running in this process, cannot create another one in /boot.php:1
NOTICE a: stops
NOTICE a: has ended

78
pool: the template 'nothing.php' cannot be read

78
pool: template is for scripts only: a command boots by itself

boots with red in there, worker false
worker 0 has red 0
0
