--TEST--
swoole_async_set(): an unknown option is accepted in silence; a value that makes no sense gives a warning and false
--FILE--
<?php
use Swoole\Process;
$log = tempnam(sys_get_temp_dir(), 'log');
var_dump(swoole_async_set([]));
var_dump(swoole_async_set(['no_such_option' => 1]), swoole_async_set(['nor_this' => 1, 'log_file' => $log, 'nor_that' => 1]));
foreach ([0, -1, 'nonsense', 1 << 31, PHP_INT_MAX] as $size) {
    var_dump(swoole_async_set(['socket_buffer_size' => $size]));
}
var_dump(swoole_async_set(['socket_buffer_size' => 65536]), swoole_async_set(['enable_coroutine' => false]));
try {
    swoole_async_set(['log_file' => new stdClass()]);
} catch (Error $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
try {
    swoole_async_set('log_file');
} catch (TypeError $e) {
    echo $e->getMessage(), "\n";
}
// The options beside the unknown one, before and after it, were set.
$p = new Process(fn (Process $p) => $p->write('cut'));
$p->start();
$p->read(1);
Process::wait();
echo count(file($log)), " line\n";
unlink($log);
?>
--EXPECTF--
bool(true)
bool(true)
bool(true)

Warning: swoole_async_set(): socket_buffer_size must be from 1 to 2147483647 in %s on line %d
bool(false)

Warning: swoole_async_set(): socket_buffer_size must be from 1 to 2147483647 in %s on line %d
bool(false)

Warning: swoole_async_set(): socket_buffer_size must be from 1 to 2147483647 in %s on line %d
bool(false)

Warning: swoole_async_set(): socket_buffer_size must be from 1 to 2147483647 in %s on line %d
bool(false)

Warning: swoole_async_set(): socket_buffer_size must be from 1 to 2147483647 in %s on line %d
bool(false)
bool(true)
bool(true)
Error: Object of class stdClass could not be converted to string
swoole_async_set(): Argument #1 ($settings) must be of type array, string given
1 line
