--TEST--
the examples of docs/lock.md run, and write what stands below them
--FILE--
<?php
require __DIR__ . '/examples.inc';
check_examples('docs/lock.md');
?>
--EXPECT--
all are right
