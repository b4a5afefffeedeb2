--TEST--
pools whose workers are killed, replaced and stopped: every message is accounted for (the short form of the soak)
--EXTENSIONS--
pcntl
posix
sysvmsg
--SKIPIF--
<?php
if (!is_readable('/proc/sysvipc/msg')) die('skip no list of queues in /proc');
if (!is_readable('/proc/self/task/' . getmypid() . '/children')) die('skip no list of children in /proc');
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';
exec(implode(' ', array_map('escapeshellarg', [...php_command(), __DIR__ . '/pool.php', '--quick', '--seed=5'])) . ' 2>&1', $lines, $status);
echo $status === 0 ? end($lines) : implode("\n", $lines), "\n";
?>
--EXPECT--
soak: every message is accounted for, and nothing is left behind
