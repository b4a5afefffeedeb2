--TEST--
the torture of Atomic, Lock and Table, shortly: counters are exact, rows whole, locks go on to the next one, whoever is killed
--FILE--
<?php
require __DIR__ . '/../support.inc';
exec(implode(' ', array_map('escapeshellarg', [...php_command(), __DIR__ . '/shared.php', '--quick', '--seed=5'])) . ' 2>&1', $lines, $status);
echo $status === 0 ? end($lines) : implode("\n", $lines), "\n";
?>
--EXPECT--
all is accounted for
