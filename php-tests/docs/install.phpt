--TEST--
the examples of docs/install.md run, and write what stands below them
--EXTENSIONS--
pcntl
posix
sockets
--FILE--
<?php
require __DIR__ . '/examples.inc';
check_examples('docs/install.md');
?>
--EXPECT--
all are right
