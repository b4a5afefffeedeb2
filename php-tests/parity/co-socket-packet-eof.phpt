--TEST--
setProtocol with open_eof_check / open_eof_split: recvPacket ends at the package_eof, which stays in the packet.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: setProtocol with open_eof_check / open_eof_split: recvPacket ends at the package_eof, which stays in the packet.
// Status: documented.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
run(function () {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    var_dump($b->setProtocol(['open_eof_split' => true, 'package_eof' => "\r\n", 'package_max_length' => 100]));
    $a->send("one\r\ntwo\r\nthr");
    go(function () use ($a) { Coroutine::sleep(0.03); $a->send("ee\r"); Coroutine::sleep(0.03); $a->send("\n\r\nlast"); });
    for ($i = 0; $i < 4; $i++) {
        echo json_encode($b->recvPacket(1)), "\n";
    }
    var_dump($b->recvPacket(0.05), $b->errCode === SOCKET_ETIMEDOUT);
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $b->setProtocol(['open_eof_check' => true, 'package_eof' => '#']);
    $a->send('alpha#');
    echo json_encode($b->recvPacket(1)), "\n";
});
--EXPECT--
bool(true)
"one\r\n"
"two\r\n"
"three\r\n"
"\r\n"
bool(false)
bool(true)
"alpha#"
