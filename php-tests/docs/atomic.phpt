--TEST--
the examples of docs/atomic.md run, and write what stands below them
--FILE--
<?php
require __DIR__ . '/examples.inc';
check_examples('docs/atomic.md');
?>
--EXPECT--
all are right
