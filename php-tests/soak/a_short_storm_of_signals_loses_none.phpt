--TEST--
4,000 signals of eight processes: each real-time signal is handled once, and the others after the last that was sent
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
require __DIR__ . '/../support.inc';
exec(implode(' ', array_map('escapeshellarg', [...php_command(), __DIR__ . '/signals.php', '--quick'])) . ' 2>&1', $lines, $status);
echo implode("\n", $lines), "\n$status\n";
?>
--EXPECT--
no signal was lost
0
