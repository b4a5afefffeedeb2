--TEST--
connect and sendto by name: others run meanwhile, what is not found is told, and close and cancel end the look-up
--FILE--
<?php
require __DIR__ . '/../support.inc';
use Swoole\Coroutine;
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{run, go};
$told = fn (Socket $s) => printf("%d %s, %d\n", $s->errCode, $s->errMsg, swoole_last_error());
run(function () use ($told) {
    Coroutine::sleep(0.001);
    // Each asks again.
    Coroutine::set(['dns_cache_capacity' => 0]);
    $server = new Socket(AF_INET, SOCK_STREAM);
    $server->bind('127.0.0.1');
    $server->listen();
    $port = $server->getsockname()['port'];
    $before = links();
    $order = [];
    $cid = go(function () use ($port, &$order) {
        $s = new Socket(AF_INET, SOCK_STREAM);
        $order[] = $s->connect('localhost', $port);
        $order[] = $s->getpeername()['address'];
    });
    $order[] = 'meanwhile';
    Coroutine::join([$cid]);
    echo json_encode($order), "\n";
    $s = new Socket(AF_INET, SOCK_STREAM);
    var_dump($s->connect('no-such-host.invalid', $port));
    $told($s);
    var_dump($s->connect('localhost', $port));
    $told($s);
    $s->close();
    $udp = new Socket(AF_INET, SOCK_DGRAM);
    var_dump($udp->sendto('no-such-host.invalid', 1, 'x'), $udp->sendto('localhost', $port, 'x'));
    $udp->close();
    // A path that leads nowhere is no name that was not found.
    $s = new Socket(AF_UNIX, SOCK_STREAM);
    var_dump($s->connect('/no/such/socket'));
    $told($s);
    $s->close();
    $s = new Socket(AF_INET, SOCK_STREAM);
    $cid = go(function () use ($s, $port, $told) {
        var_dump($s->connect('localhost', $port));
        $told($s);
    });
    Coroutine::cancel($cid);
    $cid = go(function () use ($s, $port, $told) {
        var_dump($s->connect('localhost', $port));
        $told($s);
    });
    $s->close();
    Coroutine::join([$cid]);
    Coroutine::set(['socket_dns_timeout' => 1e-9]);
    $s = new Socket(AF_INET, SOCK_STREAM);
    var_dump($s->connect('localhost', $port));
    $told($s);
    $s->close();
    var_dump(links() === $before, children() === []);
});
?>
--EXPECT--
["meanwhile",true,"127.0.0.1"]
bool(false)
711 DNS Lookup resolve failed, 711
bool(true)
0 , 0
bool(false)
int(1)
bool(false)
2 No such file or directory, 2
bool(false)
125 Operation canceled, 125
bool(false)
125 Operation canceled, 125
bool(false)
712 DNS Lookup resolve timeout, 712
bool(true)
bool(true)
