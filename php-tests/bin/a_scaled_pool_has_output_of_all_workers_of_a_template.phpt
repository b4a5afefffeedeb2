--TEST--
bin/pool: workers that are added to a pool with a template have their output, too
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
file_put_contents('boot.php', '<?php file_put_contents("boots", "x", FILE_APPEND);');
file_put_contents('worker.php', '<?php echo "hello\n"; return fn () => false;');
$pool = pool('run', '--output=prefix', '--socket=a.sock', '--name=a', '--template=boot.php', 'worker.php');
echo $pool->hear('hello', 1);
echo 'scale ', pool_run('scale', '--socket=a.sock', '2'), $pool->hear('a-1 | hello', 1);
echo 'scale ', pool_run('scale', '--socket=a.sock', '1');
echo 'scale ', pool_run('scale', '--socket=a.sock', '2'), $pool->hear('a-1 | hello', 1);
file_put_contents('boot.php', '<?php ini_set("display_errors", 0); ini_set("log_errors", 0); throw new Exception("no");');
touch('boot.php', 1_000_000_000);
echo 'scale ', pool_run('scale', '--socket=a.sock', '3');
echo 'boots: ', filesize('boots'), "\n";
echo 'stop ', pool_run('stop', '--socket=a.sock'), $pool->end()[0], "\n";
?>
--EXPECT--
a-0 | hello
scale 0
a-1 | hello
scale 0
scale 0
a-1 | hello
scale 1
pool: the template exited with code 255: Uncaught Exception: no in /boot.php:1
boots: 2
stop 0
0
