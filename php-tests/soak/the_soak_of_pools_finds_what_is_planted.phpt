--TEST--
the soak of pools finds a message that is lost, doubled or out of order, and a process that is left
--EXTENSIONS--
pcntl
posix
--SKIPIF--
<?php
// A process that is killed while PHP's tracing compiler writes into the memory that all share leaves that half written: the
// others then crash in opcache.so.
if (function_exists('opcache_get_status') && (opcache_get_status(false)['jit']['on'] ?? false) && ini_get('opcache.jit') === 'tracing') {
    die('skip workers are killed at any moment, which PHP\'s tracing compiler does not survive');
}
if (!is_readable('/proc/sysvipc/msg')) die('skip no list of queues in /proc');
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';
$signs = ['loss' => 'are missing at', 'double' => 'was done twice', 'disorder' => 'has begun message', 'process' => 'left behind: '];
foreach ($signs as $plant => $sign) {
    putenv("SOAK_PLANT=$plant");
    $command = [...php_command(), __DIR__ . '/pool.php', '--messages=2000', '--seed=5', '--parts=load', '--ways=sockets'];
    $lines = [];
    exec(implode(' ', array_map('escapeshellarg', $command)) . ' 2>&1', $lines, $status);
    $found = preg_grep("/^VIOLATION: .*$sign/", $lines) !== [];
    echo "$plant: ", $found ? 'found' : implode("\n", $lines), ", status $status\n";
}
?>
--EXPECT--
loss: found, status 1
double: found, status 1
disorder: found, status 1
process: found, status 1
