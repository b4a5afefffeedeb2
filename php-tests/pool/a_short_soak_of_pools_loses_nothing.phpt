--TEST--
the soak of pools, shortly: whoever is killed, each message is handled once or lost with a worker, in order, and nothing is left
--EXTENSIONS--
pcntl
posix
--SKIPIF--
<?php
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
