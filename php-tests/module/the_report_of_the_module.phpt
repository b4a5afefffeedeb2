--TEST--
`php --ri swoole_process` tells the version, the level of the API, the limits of the kernel and the settings
--FILE--
<?php
require __DIR__ . '/../support.inc';
$process = proc_open([...php_command(), '--ri', 'swoole_process'], [1 => ['pipe', 'w']], $pipes);
$report = stream_get_contents($pipes[1]);
proc_close($process);
foreach (['swoole_process support => enabled', 'Version => ' . phpversion('swoole_process'), 'Swoole API level => ' . SWOOLE_VERSION,
    'kernel.msgmax) => ' . trim(file_get_contents('/proc/sys/kernel/msgmax')), 'swoole_process.fast_exit => On => On',
    'swoole.display_errors => On => On', 'swoole.use_shortname => On => On', 'swoole.socket_buffer_size => 8M => 8M'] as $line) {
    echo str_contains($report, "$line\n") ? "has $line\n" : "lacks $line\n";
}
echo preg_match('/^TLS on sockets => (OpenSSL \d|LibreSSL|no \(built without OpenSSL\)$)/m', $report), "\n";
?>
--EXPECTF--
has swoole_process support => enabled
has Version => %s
has Swoole API level => 6.2.2
has kernel.msgmax) => %d
has swoole_process.fast_exit => On => On
has swoole.display_errors => On => On
has swoole.use_shortname => On => On
has swoole.socket_buffer_size => 8M => 8M
1
