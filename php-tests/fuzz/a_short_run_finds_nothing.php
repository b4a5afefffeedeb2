<?php
require __DIR__ . '/../support.inc';
$keep = sys_get_temp_dir() . '/fuzz-' . getmypid();
$process = proc_open([...php_command(), __DIR__ . '/fuzz.php', '--calls=1500', '--seed=1', "--keep=$keep"], [1 => STDOUT, 2 => STDOUT], $pipes);
$status = proc_close($process);
echo "status $status\n";
// What was found stays, to be looked at.
$status === 0 && exec('rm -rf ' . escapeshellarg($keep));
?>
