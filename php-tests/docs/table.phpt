--TEST--
the examples of docs/table.md run, and write what stands below them
--FILE--
<?php
require __DIR__ . '/examples.inc';
check_examples('docs/table.md');
?>
--EXPECT--
all are right
