--TEST--
the torture of messages between processes, shortly: each arrives whole, once and in its order, whoever is killed
--FILE--
<?php
require __DIR__ . '/../support.inc';
exec(implode(' ', array_map('escapeshellarg', [...php_command(), __DIR__ . '/messages.php', '--quick', '--seed=5'])) . ' 2>&1', $lines, $status);
echo $status === 0 ? end($lines) : implode("\n", $lines), "\n";
?>
--EXPECT--
all is accounted for
