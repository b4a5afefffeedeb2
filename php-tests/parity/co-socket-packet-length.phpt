--TEST--
setProtocol with open_length_check: recvPacket gives whole packets, waits for parts, refuses those that are too big.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: setProtocol with open_length_check: recvPacket gives whole packets, waits for parts, refuses those that are too big.
// Status: documented.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
run(function () {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    var_dump($b->setProtocol(['open_length_check' => true, 'package_length_type' => 'N', 'package_length_offset' => 0,
        'package_body_offset' => 4, 'package_max_length' => 1000]));
    $pack = fn ($s) => pack('N', strlen($s)) . $s;
    $a->send($pack('one') . $pack('two') . $pack(''));
    go(function () use ($a, $pack) {
        $p = $pack('in parts');
        foreach ([substr($p, 0, 2), substr($p, 2, 4), substr($p, 6)] as $part) {
            Coroutine::sleep(0.02);
            $a->send($part);
        }
        Coroutine::sleep(0.02);
        $a->send($pack(str_repeat('x', 900)));
        Coroutine::sleep(0.02);
        $a->send($pack(str_repeat('y', 2000)));
    });
    for ($i = 0; $i < 4; $i++) {
        $p = $b->recvPacket(1);
        echo json_encode([unpack('N', $p)[1], substr($p, 4)]), "\n";
    }
    echo strlen($b->recvPacket(1)), "\n";
    var_dump($b->recvPacket(1), $b->errCode !== 0);
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $b->setProtocol(['open_length_check' => true, 'package_length_type' => 'n', 'package_length_offset' => 2, 'package_body_offset' => 0]);
    $a->send("AB" . pack('n', 6) . 'xyCD' . pack('n', 5) . 'z');
    echo json_encode([bin2hex($b->recvPacket(1)), bin2hex($b->recvPacket(1))]), "\n";
    $a->send("EF" . pack('n', 9));
    var_dump($b->recvPacket(0.05), $b->errCode === SOCKET_ETIMEDOUT);
    $a->close();
    $a = null;
    var_dump($b->recvPacket(1) === '' || $b->errCode !== 0);
});
--EXPECT--
bool(true)
[3,"one"]
[3,"two"]
[0,""]
[8,"in parts"]
904
bool(false)
bool(true)
["414200067879","434400057a"]
bool(false)
bool(true)
bool(true)
