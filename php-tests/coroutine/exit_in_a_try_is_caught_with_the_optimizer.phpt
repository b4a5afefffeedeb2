--TEST--
an exit in a try that is reached by a jump is caught there, also when the optimizer has been at the code
--SKIPIF--
<?php
if (!is_file(ini_get('extension_dir') . '/opcache.so') && !extension_loaded('Zend OPcache')) die('skip needs opcache');
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';

$code = <<<'END'
use Swoole\Coroutine;
use Swoole\ExitException;
function either(bool $x): void
{
    if ($x) { echo 'a '; } else { echo 'b '; }
    try { exit(3); } catch (ExitException $e) { echo 'caught ', $e->getStatus(), "\n"; }
}
function once(int $x): void
{
    while (true) { if ($x-- < 0) { echo 'end '; break; } echo '.'; }
    try { exit('text'); } catch (ExitException $e) { echo 'caught ', $e->getStatus(), "\n"; }
}
function which(int $x, mixed $status): void
{
    switch ($x) { case 1: echo 'one '; break; case 2: echo 'two '; break; default: echo 'more '; }
    try { try { exit($status); } catch (LogicException) {} } catch (ExitException $e) { echo 'caught ', $e->getStatus(), "\n"; }
}
function some(int $x): iterable
{
    if ($x) { yield 1; } else { yield 2; }
    try { exit; } catch (ExitException $e) { yield var_export($e->getStatus(), true); }
}
foreach ([fn () => either(true), fn () => either(false), fn () => once(2), fn () => which(1, 7), fn () => which(3, 8)] as $body) {
    Coroutine::create($body);
}
Coroutine::create(fn () => print(implode(' ', [...(fn () => yield from some(1))()]) . "\n"));
register_shutdown_function(fn () => print("the end\n"));
try { exit(4); } finally { echo "not shown\n"; }
END;
$file = sys_get_temp_dir() . '/exit-' . getmypid() . '.php';
file_put_contents($file, "<?php\n$code");
$options = ['opcache.enable_cli=1', 'opcache.file_update_protection=0', 'opcache.optimization_level=0x7FFEBFFF'];
$words = extension_loaded('Zend OPcache') ? [] : ['-d', 'zend_extension=opcache'];
foreach ($options as $option) {
    array_push($words, '-d', $option);
}
exec(implode(' ', array_map('escapeshellarg', [...php_command(), ...$words, $file])), $lines, $status);
unlink($file);
echo implode("\n", $lines), "\n$status\n";
?>
--EXPECT--
a caught 3
b caught 3
...end caught text
one caught 7
more caught 8
1 NULL
the end
4
