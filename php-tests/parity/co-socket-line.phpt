--TEST--
recvLine ends at \n or \r, keeps it, and is bounded by the length; a line without end times out; recvWithBuffer; peek.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: recvLine ends at \n or \r, keeps it, and is bounded by the length; a line without end times out; recvWithBuffer; peek.
// Status: documented; that \r alone ends a line is accidental.
use function Swoole\Coroutine\{run, go};
run(function () {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $a->send("first\nsecond\r\n\nlonger than ten\nrest");
    echo json_encode($b->peek(5)), ' ', json_encode($b->peek(3)), "\n";
    for ($i = 0; $i < 4; $i++) {
        echo json_encode($b->recvLine(100)), "\n";
    }
    echo json_encode($b->recvLine(10)), ' ', json_encode($b->recvLine(100)), "\n";
    echo json_encode($b->recvLine(100, 0.05)), ' ', $b->errCode === SOCKET_ETIMEDOUT ? 'timed out' : $b->errCode, "\n";
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $a->send('0123456789');
    echo json_encode([$b->recvWithBuffer(4), $b->recvWithBuffer(4), $b->recvWithBuffer(2)]), "\n";
    $a->close();
    $a = null;
    echo json_encode([$b->recvWithBuffer(4), $b->peek(4), $b->errCode]), "\n";
});
--EXPECT--
"first" "fir"
"first\n"
"second\r"
"\n"
"\n"
"longer tha" "n ten\n"
false timed out
["0123","4567","89"]
["","",0]
