--TEST--
close() while another coroutine reads or accepts: it wakes up at once with false; the peer sees the end.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: close() while another coroutine reads or accepts: it wakes up at once with false; the peer sees the end.
// Status: documented in part.
use Swoole\Coroutine;
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{run, go};
run(function () {
    $s = new Socket(AF_INET, SOCK_STREAM, 0);
    $s->bind('127.0.0.1', 0);
    $s->listen();
    $a = new Socket(AF_INET, SOCK_STREAM, 0);
    $a->connect('127.0.0.1', $s->getsockname()['port'], 1);
    $b = $s->accept(1);
    $cid = go(function () use ($a) {
        $r = $a->recv();
        echo 'reader: ', json_encode([$r, $a->errCode !== 0 || $r === '']), "\n";
    });
    var_dump($a->getBoundCid(SWOOLE_EVENT_READ) === $cid, $a->getBoundCid(SWOOLE_EVENT_WRITE));
    var_dump($a->close());
    echo "closed\n";
    var_dump($b->recv(1, 1));
    go(function () use ($s) { $r = $s->accept(); echo 'acceptor: ', json_encode($r), "\n"; });
    var_dump($s->close());
    echo "closed\n";
});
--EXPECT--
bool(true)
int(0)
reader: [false,true]
bool(true)
closed
string(0) ""
acceptor: false
bool(true)
closed
