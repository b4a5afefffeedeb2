--TEST--
the examples of docs/coming-from-supervisors.md run, and write what stands below them
--EXTENSIONS--
pcntl
posix
sockets
--FILE--
<?php
require __DIR__ . '/examples.inc';
check_examples('docs/coming-from-supervisors.md');
?>
--EXPECT--
all are right
