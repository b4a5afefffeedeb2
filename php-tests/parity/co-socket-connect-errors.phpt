--TEST--
connect refused, connect to a missing unix socket, connect without a port, bind to a port in use, a bad constructor.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: connect refused, connect to a missing unix socket, connect without a port, bind to a port in use, a bad constructor.
// Status: documented (errCode); the texts are accidental.
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\run;
run(function () {
    $s = new Socket(AF_INET, SOCK_STREAM, 0);
    $s->bind('127.0.0.1', 0);
    $port = $s->getsockname()['port'];
    $c = new Socket(AF_INET, SOCK_STREAM, 0);
    var_dump($c->connect('127.0.0.1', $port, 1), $c->errCode === SOCKET_ECONNREFUSED, $c->errMsg);
    $u = new Socket(AF_UNIX, SOCK_STREAM, 0);
    var_dump($u->connect('/no/such/socket'), $u->errCode, $u->errMsg);
    $d = new Socket(AF_INET, SOCK_STREAM, 0);
    var_dump($d->connect('127.0.0.1'), $d->connect('127.0.0.1', 70000));
    $e = new Socket(AF_INET, SOCK_STREAM, 0);
    $s->listen();
    var_dump($e->bind('127.0.0.1', $port), $e->errCode === SOCKET_EADDRINUSE);
    try {
        new Socket(9999, SOCK_STREAM, 0);
    } catch (Throwable $x) {
        echo get_class($x), ': ', $x->getMessage(), "\n";
    }
    $f = new Socket(AF_INET, SOCK_STREAM, 0);
    var_dump($f->send('x'), $f->errCode === SOCKET_EPIPE);
});
--EXPECTF--
bool(false)
bool(true)
string(18) "Connection refused"
bool(false)
int(2)
string(25) "No such file or directory"

Warning: Swoole\Coroutine\Socket::connect(): Socket of type AF_INET/AF_INET6 requires port argument in %s on line %d

Warning: Swoole\Coroutine\Socket::connect(): Invalid port argument[70000] in %s on line %d
bool(false)
bool(false)
bool(false)
bool(true)
Swoole\Coroutine\Socket\Exception: new Socket() failed. Error: Address family not supported by protocol [97]
bool(false)
bool(true)
