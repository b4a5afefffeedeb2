--TEST--
the examples of docs/hooks.md run, and write what stands below them
--EXTENSIONS--
pcntl
posix
sockets
--FILE--
<?php
require __DIR__ . '/examples.inc';
check_examples('docs/hooks.md');
?>
--EXPECT--
all are right
