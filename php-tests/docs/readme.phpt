--TEST--
the examples of README.md run, and write what stands below them
--EXTENSIONS--
pcntl
posix
sockets
--FILE--
<?php
require __DIR__ . '/examples.inc';
check_examples('README.md');
?>
--EXPECT--
all are right
