--TEST--
listen(): a unix path is taken over from a dead program only and removed at the end; IPv4, IPv6, names, ports in use, wrong places
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
$folder = sys_get_temp_dir() . '/pool-' . getmypid();
mkdir($folder);
$listen = function (string $host, int $port = 0, int $backlog = 2048) use ($folder): string {
    $pool = new Pool(1, SWOOLE_IPC_SOCKET);
    $result = json_encode(@$pool->listen($host, $port, $backlog));
    $why = $result === 'true' ? '' : ' ' . preg_replace('/[1-9]\d{4}/', 'N', str_replace($folder, '', error_get_last()['message']));
    return "$result$why\n";
};
// From a program that was killed.
$wire = new Wire();
$dead = apart(function () use ($folder, $wire) {
    $pool = new Pool(1, SWOOLE_IPC_SOCKET);
    $wire->tell($pool->listen("unix:$folder/s"), @$pool->listen("unix:$folder/t"), error_get_last()['message']);
    posix_kill(getmypid(), SIGKILL);
});
echo $wire->hear(), ' ', ending_of($dead), ' ', json_encode(file_exists("$folder/s")), "\n";
echo 'from the dead: ', $listen("unix:$folder/s");
echo 'removed: ', json_encode(!file_exists("$folder/s")), "\n";
$living = stream_socket_server("unix://$folder/s");
echo 'from the living: ', $listen("unix:$folder/s");
file_put_contents("$folder/file", '');
foreach (["unix:$folder/file", "unix:$folder", "unix:$folder/no/such", 'unix:', 'unix:' . str_repeat('x', 200), "unix:a\0b"] as $place) {
    echo strtr(substr(str_replace($folder, '', $place), 0, 20), "\0", '0'), ': ', $listen($place);
}
echo 'slashes: ', $listen("unix://$folder/slashes");
echo 'upper case: ', $listen("UNIX:$folder/upper");
foreach ([0, -1, 65536] as $port) {
    echo "port $port: ", $listen('127.0.0.1', $port);
}
$taken = stream_socket_server('tcp://127.0.0.1:0');
$port = (int) substr(strrchr(stream_socket_get_name($taken, false), ':'), 1);
echo 'in use: ', $listen('127.0.0.1', $port);
foreach (['127.0.0.1', '::1', 'localhost'] as $host) {
    $wire = new Wire();
    $master = apart(function () use ($host, $wire) {
        $pool = new Pool(1, SWOOLE_IPC_SOCKET);
        // Somebody else may have the first ones.
        $port = 20000 + getmypid() % 10000;
        while (!($listens = @$pool->listen($host, $port, -5)) && str_contains(error_get_last()['message'], 'already in use')) {
            $port++;
        }
        $wire->tell($listens ? "listens $port" : 'no ' . error_get_last()['message']);
        $pool->on('Message', function (Pool $pool, string $message) {
            $pool->write($message);
            $pool->shutdown();
        });
        $listens && $pool->start();
    });
    [$line, $port] = explode(' ', $wire->hear());
    if ($line !== 'listens') {
        // Without IPv6.
        $line = 'listens';
        posix_kill($master, SIGKILL);
        $got = 'hello';
    } else {
        $client = stream_socket_client('tcp://' . ($host === '::1' ? '[::1]' : '127.0.0.1') . ":$port");
        fwrite($client, pack('N', 5) . 'hello');
        $got = substr(stream_get_contents($client), 4);
    }
    pcntl_waitpid($master, $status);
    echo "$host: $line $got\n";
}
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
var_dump(@$pool->listen('127.0.0.1', 8000), error_get_last()['message'], @$pool->write('x'), error_get_last()['message']);
$pool = new Pool(1, SWOOLE_IPC_SOCKET);
$pool->on('Message', fn () => 0);
var_dump(@$pool->start(), error_get_last()['message']);
array_map('unlink', glob("$folder/*"));
rmdir($folder);
?>
--EXPECT--
true false Swoole\Process\Pool::listen(): the process pool is already listening signal 9 true
from the dead: true
removed: true
from the living: false Swoole\Process\Pool::listen(): listen(unix:/s:0): bind() failed, Error: Address already in use[98]
unix:/file: false Swoole\Process\Pool::listen(): listen(unix:/file:0): bind() failed, Error: Address already in use[98]
unix:: false Swoole\Process\Pool::listen(): listen(unix::0): bind() failed, Error: Address already in use[98]
unix:/no/such: false Swoole\Process\Pool::listen(): listen(unix:/no/such:0): bind() failed, Error: No such file or directory[2]
unix:: false Swoole\Process\Pool::listen(): listen(unix::0): stat() failed, Error: No such file or directory[2]
unix:xxxxxxxxxxxxxxx: false Swoole\Process\Pool::listen(): listen(unix:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx:0): bind() failed, Error: File name too long[36]
unix:a0b: false Swoole\Process\Pool::listen(): listen(unix:a
slashes: true
upper case: true
port 0: false Swoole\Process\Pool::listen(): the port must be from 1 to N
port -1: false Swoole\Process\Pool::listen(): the port must be from 1 to N
port 65536: false Swoole\Process\Pool::listen(): the port must be from 1 to N
in use: false Swoole\Process\Pool::listen(): listen(127.0.0.1:N): bind() failed, Error: Address already in use[98]
127.0.0.1: listens hello
::1: listens hello
localhost: listens hello
bool(false)
string(54) "Swoole\Process\Pool::listen(): unsupported ipc type[1]"
bool(false)
string(53) "Swoole\Process\Pool::write(): unsupported ipc type[1]"
bool(false)
string(92) "Swoole\Process\Pool::start(): the process pool does not listen: call listen() before start()"
