--TEST--
UDP: sendto, recvfrom with the peer's name, message boundaries, truncation, time-out.
--EXTENSIONS--
sockets
--CAPTURE_STDIO--
STDIN STDOUT
--FILE--
<?php
// Pins: UDP: sendto, recvfrom with the peer's name, message boundaries, truncation, time-out.
// Status: documented.
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{run, go};
run(function () {
    $s = new Socket(AF_INET, SOCK_DGRAM, 0);
    var_dump($s->bind('127.0.0.1', 0));
    $port = $s->getsockname()['port'];
    go(function () use ($s) {
        for ($i = 0; $i < 2; $i++) {
            $peer = null;
            $m = $s->recvfrom($peer);
            echo json_encode($m), ' ', implode(',', array_keys($peer)), ' ', $peer['address'], "\n";
            $s->sendto($peer['address'], $peer['port'], "re: $m");
        }
        var_dump($s->recvfrom($peer, 0.05), $s->errCode === SOCKET_ETIMEDOUT);
    });
    $c = new Socket(AF_INET, SOCK_DGRAM, 0);
    var_dump($c->sendto('127.0.0.1', $port, 'one'), $c->sendto('127.0.0.1', $port, 'two'));
    $peer = null;
    var_dump($c->recvfrom($peer, 1), $peer['port'] === $port, $c->recv(5, 1));
    var_dump($c->sendto('not an address', 5, 'x'), $c->errCode !== 0);
});
--EXPECT--
bool(true)
int(3)
int(3)
"one" address,port 127.0.0.1
"two" address,port 127.0.0.1
string(7) "re: one"
bool(true)
string(5) "re: t"
bool(false)
bool(true)
bool(false)
bool(true)
