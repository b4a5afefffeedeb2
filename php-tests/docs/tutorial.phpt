--TEST--
the examples of docs/tutorial.md run, and write what stands below them
--EXTENSIONS--
pcntl
posix
sockets
--FILE--
<?php
require __DIR__ . '/examples.inc';
check_examples('docs/tutorial.md');
?>
--EXPECT--
all are right
