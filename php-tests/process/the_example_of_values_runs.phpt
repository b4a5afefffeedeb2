--TEST--
the example job_workers.php does what it says
--FILE--
<?php
require __DIR__ . '/../../examples/job_workers.php';
?>
--EXPECT--
the worker of job 3 has died
job 1: 10 bytes
job 2: 100 bytes
job 3: 1000 bytes
job 4: 10000 bytes
job 5: 100000 bytes
job 6: 1000000 bytes
