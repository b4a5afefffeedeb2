--TEST--
the examples of docs/library.md run, and write what stands below them
--EXTENSIONS--
pcntl
posix
sockets
--FILE--
<?php
require __DIR__ . '/examples.inc';
check_examples('docs/library.md');
?>
--EXPECT--
all are right
