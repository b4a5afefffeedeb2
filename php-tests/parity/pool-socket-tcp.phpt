--TEST--
SWOOLE_IPC_SOCKET on a TCP port with two workers: each request is served by one of them; a request in two parts; one that is too long.
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
// Pins: SWOOLE_IPC_SOCKET on a TCP port with two workers: each request is served by one of them; a request in two parts; one that is too long.
// Status: documented.
use Swoole\Process;
use Swoole\Process\Pool;
$pool = new Pool(2, SWOOLE_IPC_SOCKET);
$pool->set(['max_package_size' => 1000]);
for ($port = 20000 + getmypid() % 10000; !($listens = @$pool->listen('127.0.0.1', $port)) && $port < 60000; $port++);
var_dump($listens);
$pool->on('Message', function (Pool $p, string $data) {
    $p->write(strtoupper($data));
});
$client = new Process(function () use ($port) {
    $ask = function (array $parts) use ($port) {
        $c = stream_socket_client("tcp://127.0.0.1:$port");
        foreach ($parts as $part) {
            fwrite($c, $part);
            usleep(20000);
        }
        $r = stream_get_contents($c);
        return $r === '' ? 'closed' : substr($r, 4);
    };
    for ($i = 0; $i < 4; $i++) {
        echo $ask([pack('N', 9) . "request $i"]), "\n";
    }
    echo $ask([substr(pack('N', 6), 0, 2), substr(pack('N', 6), 2) . 'in ', 'two']), "\n";
    echo $ask([pack('N', 5000) . str_repeat('x', 10)]), "\n";
    echo $ask([pack('N', 0)]), "\n";
    Process::kill(posix_getppid(), SIGTERM);
}, false, 0);
$client->start();
$pool->start();
while (Process::wait()) {
}
echo "end\n";
--EXPECT--
bool(true)
REQUEST 0
REQUEST 1
REQUEST 2
REQUEST 3
IN TWO
closed
closed
end
