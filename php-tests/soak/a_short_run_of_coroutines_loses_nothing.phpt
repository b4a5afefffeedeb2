--TEST--
the soak of coroutines, shortly: every message through sockets and channels is accounted for, whoever is cancelled
--EXTENSIONS--
posix
sockets
--FILE--
<?php
require __DIR__ . '/../support.inc';
exec(implode(' ', array_map('escapeshellarg', [...php_command(), __DIR__ . '/coroutines.php', '--quick', '--seed=5'])) . ' 2>&1', $lines, $status);
echo $status === 0 ? end($lines) : implode("\n", $lines), "\n";
?>
--EXPECT--
nothing was lost
