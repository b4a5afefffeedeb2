--TEST--
a pair of Coroutine\Socket: send, recv, properties, end of file, close twice, use after close.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: a pair of Coroutine\Socket: send, recv, properties, end of file, close twice, use after close.
// Status: documented.
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{run, go};
run(function () {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    echo get_class($a), ' ', json_encode([is_int($a->fd), $a->domain === AF_UNIX, $a->type === SOCK_STREAM, $a->protocol, $a->errCode, $a->errMsg]), "\n";
    go(function () use ($b) {
        while (($s = $b->recv()) !== '' && $s !== false) {
            echo 'b got ', $s, "\n";
            $b->send(strrev($s));
        }
        echo 'b saw the end: ', json_encode([$s, $b->errCode]), "\n";
        var_dump($b->close(), $b->isClosed());
    });
    foreach (['hello', 'world'] as $m) {
        var_dump($a->send($m));
        $r = $a->recv();
        echo "a got $r\n";
    }
    var_dump($a->isClosed(), $a->close(), $a->close(), $a->isClosed());
    var_dump($a->send('x'), $a->errCode === SOCKET_EBADF, $a->errMsg, $a->recv(), $a->errCode === SOCKET_EBADF);
    $a = null;
    echo "dropped\n";
});
--EXPECT--
Swoole\Coroutine\Socket [true,true,true,0,0,""]
int(5)
b got hello
a got olleh
int(5)
b got world
a got dlrow
bool(false)
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
string(19) "Bad file descriptor"
bool(false)
bool(true)
dropped
b saw the end: ["",0]
bool(true)
bool(true)
