--TEST--
1,000 jobs through RedisQueue, while workers and the server are killed and the network stalls: each is handled, all is told
--SKIPIF--
<?php require __DIR__ . '/skip.inc'; ?>
--FILE--
<?php
require __DIR__ . '/../support.inc';
exec(implode(' ', array_map('escapeshellarg', [...php_command(), __DIR__ . '/../soak/redis.php', '--quick', '--seed=3'])) . ' 2>&1', $lines, $status);
echo $status === 0 ? end($lines) : implode("\n", $lines), "\n";
?>
--EXPECT--
all is accounted for
