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
echo $status === 0 ? end($lines) : implode("\n", $lines), "\n";
?>
--EXPECT--
nothing was lost
