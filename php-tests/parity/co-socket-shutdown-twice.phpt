--TEST--
after both directions are shut down: send, recv, a further shutdown; after close.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: after both directions are shut down: send, recv, a further shutdown; after close.
// Status: documented (results); codes accidental.
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{go, run};
run(function () {
    $server = new Socket(AF_INET, SOCK_STREAM, 0);
    $server->bind('127.0.0.1');
    $server->listen();
    $port = $server->getsockname()['port'];
    go(function () use ($server) {
        $peer = $server->accept();
        $peer->recv();
        $peer->send('answer');
        $peer->recv();
        $peer->close();
        $server->close();
    });
    $c = new Socket(AF_INET, SOCK_STREAM, 0);
    $c->connect('127.0.0.1', $port);
    $c->send('question');
    var_dump($c->recv(), $c->shutdown(STREAM_SHUT_WR));
    for ($i = 0; $i < 2; $i++) {
        var_dump($c->send('more'), $c->errCode === SOCKET_EPIPE);
    }
    var_dump($c->shutdown(STREAM_SHUT_RD), (bool) $c->recv());
    var_dump($c->shutdown(), $c->errCode === SOCKET_ENOTCONN);
    var_dump($c->close(), $c->send('x'), $c->recv(), $c->errCode === SOCKET_EBADF);
});
--EXPECT--
string(6) "answer"
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
bool(true)
bool(false)
bool(false)
bool(true)
bool(true)
bool(false)
bool(false)
bool(true)
