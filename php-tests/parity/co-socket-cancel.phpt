--TEST--
Socket::cancel and Coroutine::cancel of a waiting read: false, errCode, and the socket remains usable.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: Socket::cancel and Coroutine::cancel of a waiting read: false, errCode, and the socket remains usable.
// Status: documented.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
run(function () {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $reader = function () use ($a) {
        $r = $a->recv(10, 1);
        echo json_encode([$r, $a->errCode === SOCKET_ECANCELED, Coroutine::isCanceled()]), "\n";
    };
    var_dump($a->cancel());
    go($reader);
    var_dump($a->cancel(SWOOLE_EVENT_WRITE), $a->cancel(SWOOLE_EVENT_READ));
    $cid = go($reader);
    var_dump(Coroutine::cancel($cid));
    $b->send('still works');
    go($reader);
    Coroutine::sleep(0.01);
});
--EXPECT--
bool(false)
[false,true,false]
bool(false)
bool(true)
[false,true,true]
bool(true)
["still work",false,false]
