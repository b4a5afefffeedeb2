--TEST--
a duplicate of a stream or a number is a stream, that of a socket a socket of the same class; close-on-exec, and above 2
--EXTENSIONS--
sockets
--FILE--
<?php
use Swoole\Coroutine\Socket as CoSocket;
use function Swoole\dup;

require __DIR__ . '/../support.inc';

/** The number behind a duplicate, and its flags. */
function look(array $before): string
{
    $numbers = array_keys(array_diff_key(links(), $before));
    $number = $numbers[0];
    $flags = octdec(preg_match('/^flags:\s+(\d+)/m', file_get_contents("/proc/self/fdinfo/$number"), $m) ? $m[1] : '0');
    return count($numbers) . ' above 2: ' . var_export($number > 2, true) . ', close-on-exec: ' . var_export(($flags & 02000000) !== 0, true);
}

$path = tempnam(sys_get_temp_dir(), 'dup');
$handles = [
    'file' => fopen($path, 'r+'),
    'write' => fopen($path, 'w'),
    'append' => fopen($path, 'a'),
    'both' => fopen($path, 'a+'),
    'device' => fopen('/dev/null', 'r'),
    'pipe' => popen('cat', 'w'),
    'tcp' => stream_socket_server('tcp://127.0.0.1:0'),
    'udp' => stream_socket_server('udp://127.0.0.1:0', flags: STREAM_SERVER_BIND),
    'unix' => stream_socket_server("unix://$path.s"),
    'udg' => stream_socket_server("udg://$path.d", flags: STREAM_SERVER_BIND),
    'number' => array_search($path, links(), true),
    'socket' => socket_create(AF_INET, SOCK_STREAM, 0),
    'coroutine' => new CoSocket(AF_INET, SOCK_STREAM),
    'seqpacket' => (new CoSocket(AF_UNIX, SOCK_SEQPACKET)),
];
foreach ($handles as $name => $handle) {
    $before = links();
    $copy = dup($handle);
    echo "$name: ", get_debug_type($copy), is_resource($copy) ? ' ' . strtok(stream_get_meta_data($copy)['stream_type'], '/') . ' ' . stream_get_meta_data($copy)['mode'] : '',
        ', ', look($before), "\n";
    is_resource($copy) && fclose($copy);
    unset($copy);
    if (links() !== $before) {
        echo "$name: descriptors are left\n";
    }
}
$copy = dup($handles['tcp']);
var_dump(stream_socket_get_name($copy, false) === stream_socket_get_name($handles['tcp'], false));
$client = stream_socket_client('tcp://' . stream_socket_get_name($copy, false));
fclose($handles['tcp']);
fwrite(stream_socket_accept($copy), "accepted\n");
echo fgets($client);
$copy = dup($handles['socket']);
socket_bind($copy, '127.0.0.1');
socket_close($copy);
socket_getsockname($handles['socket'], $address);
echo $address, "\n";
echo dup($handles['seqpacket'])->type === SOCK_SEQPACKET ? "seqpacket\n" : "another type\n";
array_map(unlink(...), glob("$path*"));
?>
--EXPECT--
file: resource (stream) STDIO r+, 1 above 2: true, close-on-exec: true
write: resource (stream) STDIO w, 1 above 2: true, close-on-exec: true
append: resource (stream) STDIO a, 1 above 2: true, close-on-exec: true
both: resource (stream) STDIO a+, 1 above 2: true, close-on-exec: true
device: resource (stream) STDIO r, 1 above 2: true, close-on-exec: true
pipe: resource (stream) STDIO w, 1 above 2: true, close-on-exec: true
tcp: resource (stream) tcp_socket r+, 1 above 2: true, close-on-exec: true
udp: resource (stream) udp_socket r+, 1 above 2: true, close-on-exec: true
unix: resource (stream) unix_socket r+, 1 above 2: true, close-on-exec: true
udg: resource (stream) udg_socket r+, 1 above 2: true, close-on-exec: true
number: resource (stream) STDIO r+, 1 above 2: true, close-on-exec: true
socket: Socket, 1 above 2: true, close-on-exec: true
coroutine: Swoole\Coroutine\Socket, 1 above 2: true, close-on-exec: true
seqpacket: Swoole\Coroutine\Socket, 1 above 2: true, close-on-exec: true
bool(true)
accepted
127.0.0.1
seqpacket
