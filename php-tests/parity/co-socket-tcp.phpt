--TEST--
bind to port 0, getsockname, listen, accept, getpeername, connect, checkLiveness, end of file on both sides.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: bind to port 0, getsockname, listen, accept, getpeername, connect, checkLiveness, end of file on both sides.
// Status: documented.
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{run, go};
run(function () {
    $s = new Socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    var_dump($s->bind('127.0.0.1'), $s->listen(16));
    $name = $s->getsockname();
    echo implode(',', array_keys($name)), ' ', $name['address'], ' ', json_encode($name['port'] > 0), "\n";
    go(function () use ($s) {
        $c = $s->accept();
        echo get_class($c), ' ', implode(',', array_keys($c->getpeername())), "\n";
        echo json_encode($c->recv()), "\n";
        $c->send('reply');
        var_dump($c->shutdown(STREAM_SHUT_WR));
        echo json_encode($c->recv()), "\n";
        $c->close();
    });
    $c = new Socket(AF_INET, SOCK_STREAM, 0);
    var_dump($c->connect('127.0.0.1', $name['port'], 1));
    echo json_encode($c->getpeername() == $name), ' ', json_encode($c->checkLiveness()), "\n";
    $c->send('request');
    echo json_encode($c->recv()), ' ', json_encode($c->recv()), "\n";
    var_dump($c->checkLiveness(), $c->close(), $s->close());
});
--EXPECT--
bool(true)
bool(true)
address,port 127.0.0.1 true
Swoole\Coroutine\Socket address,port
bool(true)
true true
"request"
bool(true)
"reply" ""
bool(false)
bool(true)
bool(true)
""
