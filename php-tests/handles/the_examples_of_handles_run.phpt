--TEST--
the examples two_handles.php and successor.php do what they say
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
require __DIR__ . '/../../examples/two_handles.php';
require __DIR__ . '/../../examples/successor.php';
?>
--EXPECT--
the first handle reads 3 bytes: abc
its duplicate reads 1 byte: d
another fopen() reads 1 byte: a
the first handle continues: e
after rewind() of the duplicate it reads all: abcdef
the old server, client 1
the old server, client 2
the old server, client 3
the new server, client 4
the new server, client 5
the new server, client 6
the old server has served 3, then the new server took over
