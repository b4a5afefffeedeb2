--TEST--
the examples of docs/redis_queue.md run, and write what stands below them
--EXTENSIONS--
pcntl
posix
sockets
--FILE--
<?php
require __DIR__ . '/examples.inc';
check_examples('docs/redis_queue.md');
?>
--EXPECT--
all are right
