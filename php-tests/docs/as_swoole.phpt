--TEST--
the examples of docs/as_swoole.md run, and write what stands below them
--EXTENSIONS--
pcntl
posix
sockets
--FILE--
<?php
require __DIR__ . '/examples.inc';
check_examples('docs/as_swoole.md');
?>
--EXPECT--
all are right
