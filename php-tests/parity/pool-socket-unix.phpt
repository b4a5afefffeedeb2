--TEST--
SWOOLE_IPC_SOCKET on a unix path: requests and replies carry a 4-byte length; write() may be called several times for one reply.
--FILE--
<?php
// Pins: SWOOLE_IPC_SOCKET on a unix path: requests and replies carry a 4-byte length; write() may be called several times for one reply.
// Status: documented.
use Swoole\Process;
use Swoole\Process\Pool;
$path = sys_get_temp_dir() . '/pool.sock';
$pool = new Pool(1, SWOOLE_IPC_SOCKET);
var_dump($pool->listen("unix:$path"));
$pool->on('Message', function (Pool $p, string $data) {
    if ($data === 'quiet') {
        return;
    }
    $p->write("you said ");
    $p->write($data);
    if ($data === 'stop') {
        usleep(50000);
        $p->shutdown();
        usleep(200000);
    }
});
$client = new Process(function () use ($path) {
    foreach (['hello', 'quiet', str_repeat('x', 50000), 'stop'] as $m) {
        $c = stream_socket_client("unix://$path");
        fwrite($c, pack('N', strlen($m)) . $m);
        $r = stream_get_contents($c);
        echo $r === '' ? 'no reply' : unpack('N', $r)[1] - strlen($r) + 4 . ' ' . substr($r, 4, 20), "\n";
        fclose($c);
    }
}, false, 0);
$client->start();
$pool->start();
while (Process::wait()) {
}
var_dump($pool->write('x'));
unset($pool);
var_dump(file_exists($path));
--EXPECT--
bool(true)
0 you said hello
no reply
0 you said xxxxxxxxxxx
0 you said stop
bool(false)
bool(false)
