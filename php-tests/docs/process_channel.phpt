--TEST--
the examples of docs/process_channel.md run, and write what stands below them
--EXTENSIONS--
pcntl
posix
sockets
--FILE--
<?php
require __DIR__ . '/examples.inc';
check_examples('docs/process_channel.md');
?>
--EXPECT--
all are right
