--TEST--
the examples of docs/reference/Swoole.Process.RedisQueue.md run, and write what stands below them
--EXTENSIONS--
pcntl
posix
sockets
--FILE--
<?php
require __DIR__ . '/../examples.inc';
check_examples('docs/reference/Swoole.Process.RedisQueue.md');
?>
--EXPECT--
all are right
