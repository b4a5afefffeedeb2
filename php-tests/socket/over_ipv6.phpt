--TEST--
TCP and UDP over IPv6
--SKIPIF--
<?php
if (!@stream_socket_server('tcp://[::1]:0')) {
    die('skip no IPv6 on this machine');
}
?>
--FILE--
<?php
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{go, run};
run(function () {
    $s = new Socket(AF_INET6, SOCK_STREAM);
    var_dump($s->bind('::1'), $s->listen());
    ['address' => $address, 'port' => $port] = $s->getsockname();
    go(fn () => $s->accept()->send("from $address"));
    $c = new Socket(AF_INET6, SOCK_STREAM);
    var_dump($c->connect($address, $port, 1), $c->recv(), $c->recv());
    $u = new Socket(AF_INET6, SOCK_DGRAM);
    $u->bind('::1');
    $c = new Socket(AF_INET6, SOCK_DGRAM);
    $c->sendto('::1', $u->getsockname()['port'], 'datagram');
    var_dump($u->recvfrom($peer), $peer['address']);
    var_dump($c->sendto('127.0.0.1', 9, 'x'), $c->errMsg, $c->bind('127.0.0.1'), $c->errMsg);
});
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
string(8) "from ::1"
string(0) ""
string(8) "datagram"
string(3) "::1"
bool(false)
string(16) "Invalid argument"
bool(false)
string(16) "Invalid argument"
