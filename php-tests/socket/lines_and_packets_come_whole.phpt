--TEST--
recvLine(), recvPacket() and recvWithBuffer(): a call that times out half-way loses nothing, whichever call comes next
--FILE--
<?php
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{go, run};

function pair(int $type = SOCK_STREAM): array
{
    return swoole_coroutine_socketpair(AF_UNIX, $type, 0);
}
function show(mixed ...$values): void
{
    echo implode(' ', array_map(json_encode(...), $values)), "\n";
}
run(function () {
    echo "what has come stays, and the next call takes it\n";
    [$a, $b] = pair();
    $a->send('half a line');
    show($b->recvLine(100, 0.01), $b->errCode === SOCKET_ETIMEDOUT, $b->peek(4), $b->recv(5));
    $b->setProtocol(['open_eof_split' => true, 'package_eof' => 'END']);
    $a->send(' and a packetEN');
    show($b->recvPacket(0.01), $b->errCode === SOCKET_ETIMEDOUT);
    $a->send("Dmore\n");
    show($b->recvPacket(), $b->recvLine(), $b->errCode);

    echo "an end is found in what was looked at for another end\n";
    $b->setProtocol(['open_eof_split' => true, 'package_eof' => '##']);
    $a->send('one|two##');
    show($b->recvLine(100, 0.01));
    $b->setProtocol(['open_eof_split' => true, 'package_eof' => '|']);
    show($b->recvPacket(), $b->recvWithBuffer(2), $b->recvAll(3));

    echo "lengths\n";
    foreach (['c', 'C', 's', 'S', 'n', 'v', 'l', 'L', 'N', 'V', 'q', 'Q', 'J', 'P'] as $letter) {
        $header = pack($letter, 5);
        $b->setProtocol(['open_length_check' => 1, 'package_length_type' => $letter,
            'package_length_offset' => 2, 'package_body_offset' => 2 + strlen($header)]);
        foreach (str_split("AB{$header}bytesCD" . pack($letter, 0)) as $byte) {
            $a->send($byte);
            isset($packet) || $packet = $b->recvPacket(0.0001) ?: null;
        }
        $letters[] = $letter . (substr($packet, -5) === 'bytes' && strlen($b->recvPacket(1)) === 2 + strlen($header) ? '' : ' fails');
        $packet = null;
    }
    show(implode($letters));

    echo "what is no packet\n";
    [$a, $b] = pair();
    $b->setProtocol(['open_length_check' => true, 'package_length_type' => 'N', 'package_body_offset' => 4, 'package_max_length' => 10]);
    $a->send(pack('N', 7) . 'seven..');
    show($b->recvPacket(), $b->errCode, $b->errMsg, $b->recv());
    $b->setProtocol(['open_length_check' => true, 'package_length_type' => 'N']);
    $a->send(pack('N', 2));
    show($b->recvPacket(), $b->errCode === SWOOLE_ERROR_PACKAGE_MALFORMED_DATA);
    $b->recv();
    $b->setProtocol(['open_eof_check' => true, 'package_eof' => "\n", 'package_max_length' => 5]);
    $a->send('12345');
    show($b->recvPacket(), $b->errCode === SWOOLE_ERROR_PACKAGE_LENGTH_TOO_LARGE);

    echo "the other side ends\n";
    [$a, $b] = pair();
    $a->send('rest');
    unset($a);
    show($b->recvPacket());
    $b->setProtocol(['open_eof_split' => true]);
    show($b->recvPacket(), $b->errCode);
    [$a, $b] = pair();
    $a->send('rest');
    unset($a);
    show($b->recvLine(), $b->recvLine(), $b->recvWithBuffer());
    $b->setProtocol(['open_eof_split' => true]);
    show($b->recvPacket(), $b->errCode);

    echo "datagrams\n";
    [$a, $b] = pair(SOCK_DGRAM);
    $a->send("one\ntwo");
    $a->send("\nthree\n");
    show($b->recvLine(), $b->recvLine(), $b->recvLine(), $b->recvLine(10, 0.01));
});
?>
--EXPECT--
what has come stays, and the next call takes it
false true "half" "half "
false true
"a line and a packetEND" "more\n" 0
an end is found in what was looked at for another end
false
"one|" "tw" "o##"
lengths
"cCsSnvlLNVqQJP"
what is no packet
false 1201 "Package length too large" "\u0000\u0000\u0000\u0007seven.."
"" true
false true
the other side ends
"rest"
"" 0
"rest" "" ""
"" 0
datagrams
"one\n" "two\n" "three\n" false
