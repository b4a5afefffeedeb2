--TEST--
Constants of ext-sockets: those that coroutine sockets need exist without that extension, with the same values
--EXTENSIONS--
sockets
--SKIPIF--
<?php
require __DIR__ . '/../support.inc';
if (!preg_grep('/sockets\.so$/', php_command())) {
    die('skip ext-sockets is a part of this PHP');
}
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';

$command = [];
foreach (php_command() as $word) {
    if (preg_match('/sockets\.so$/', $word)) {
        array_pop($command);
    } else {
        $command[] = $word;
    }
}
$command = [...$command, '-r', 'echo extension_loaded("sockets") ? "" : serialize(get_defined_constants());'];
$process = proc_open($command, [1 => ['pipe', 'w']], $pipes);
$without = unserialize(stream_get_contents($pipes[1]));
proc_close($process);

$with = get_defined_constants(true)['sockets'];
$different = array_filter($with, fn ($value, $name) => isset($without[$name]) && $without[$name] !== $value, ARRAY_FILTER_USE_BOTH);
echo 'different: ', json_encode($different), "\n";
$missing = preg_grep('/^(AF|AI|IPPROTO|IP|MCAST|MSG|SOCK|SOCKET|SOL)_/', array_keys(array_diff_key($with, $without)));
// Some are newer than Swoole's list, or depend on the PHP.
$missing = array_diff($missing, ['MSG_ZEROCOPY', 'AF_DIVERT', 'AF_PACKET', 'SOCK_CLOEXEC', 'SOCK_NONBLOCK', 'SOCK_CONN_DGRAM', 'SOCK_DCCP', 'SOL_FILTER', 'SOL_LOCAL', 'SOL_UDPLITE', 'IPPROTO_ICMP', 'IPPROTO_ICMPV6', 'IP_DONTFRAG', 'IP_MTU_DISCOVER', 'IP_PMTUDISC_DO', 'IP_PMTUDISC_DONT', 'IP_PMTUDISC_WANT', 'IP_PMTUDISC_PROBE', 'IP_PMTUDISC_INTERFACE', 'IP_PMTUDISC_OMIT', 'IP_BIND_ADDRESS_NO_PORT', 'IP_PORTRANGE', 'IP_PORTRANGE_DEFAULT', 'IP_PORTRANGE_HIGH', 'IP_PORTRANGE_LOW']);
echo 'missing: ', json_encode(array_values($missing)), "\n";
var_dump($without['AI_PASSIVE'], $without['MSG_ERRQUEUE'], $without['SOCKET_ETIMEDOUT']);
?>
--EXPECT--
different: []
missing: []
int(1)
int(8192)
int(110)
