--TEST--
the soak of pools, shortly: whoever is killed, each message is handled once or lost with a worker, in order, and nothing is left
--EXTENSIONS--
pcntl
posix
--SKIPIF--
<?php
// A process that is killed while PHP's tracing compiler writes into the memory that all share leaves that half written: the
// others then crash in opcache.so.
if (function_exists('opcache_get_status') && (opcache_get_status(false)['jit']['on'] ?? false) && ini_get('opcache.jit') === 'tracing') {
    die('skip workers are killed at any moment, which PHP\'s tracing compiler does not survive');
}
if (!is_readable('/proc/sysvipc/msg')) die('skip no list of queues in /proc');
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';
exec(implode(' ', array_map('escapeshellarg', [...php_command(), __DIR__ . '/../soak/pool.php', '--quick', '--seed=5'])) . ' 2>&1', $lines, $status);
// What a debug build of PHP reports is a failure too.
$is_clean = $status === 0 && preg_grep('/Freeing 0x|zend_signal/', $lines) === [];
echo $is_clean ? end($lines) : implode("\n", $lines), "\n";
?>
--EXPECT--
nothing was lost
