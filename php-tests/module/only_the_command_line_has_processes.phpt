--TEST--
outside of the command line the constructor throws a Swoole\Error; the static methods work
--FILE--
<?php
require __DIR__ . '/../support.inc';
$folder = sys_get_temp_dir() . '/server-' . getmypid();
mkdir($folder);
file_put_contents("$folder/index.php", <<<'PHP'
<?php
try {
    new Swoole\Process(fn () => 0);
} catch (Swoole\Error $e) {
    echo PHP_SAPI, ': ', $e->getMessage(), "\n";
}
var_dump(Swoole\Process::kill(getmypid(), 0));
PHP);
$server = proc_open([...php_command(), '-S', '127.0.0.1:0', '-t', $folder], [1 => ['file', '/dev/null', 'w'], 2 => ['pipe', 'w']], $pipes);
while (($line = fgets($pipes[2])) !== false && !preg_match('~http://127\.0\.0\.1:(\d+)~', $line, $m));
echo file_get_contents("http://127.0.0.1:$m[1]/index.php");
proc_terminate($server, SIGKILL);
proc_close($server);
unlink("$folder/index.php");
rmdir($folder);
?>
--EXPECT--
cli-server: Swoole\Process can only be used in PHP CLI mode
bool(true)
