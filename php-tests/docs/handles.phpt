--TEST--
the examples of docs/handles.md run, and write what stands below them
--EXTENSIONS--
pcntl
posix
sockets
--FILE--
<?php
require __DIR__ . '/examples.inc';
check_examples('docs/handles.md');
?>
--EXPECT--
all are right
