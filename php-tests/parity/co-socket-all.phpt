--TEST--
recv gives what is there, recvAll waits for the length, a time-out or the end, sendAll sends everything through a full buffer.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: recv gives what is there, recvAll waits for the length, a time-out or the end, sendAll sends everything through a full buffer.
// Status: documented.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
run(function () {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    go(function () use (&$a) {
        foreach (['aaa', 'bb', 'cccc', 'd'] as $part) {
            Coroutine::sleep(0.02);
            $a->send($part);
        }
        Coroutine::sleep(0.1);
        $n = $a->sendAll(str_repeat('z', 2000000));
        echo "sent $n\n";
        $a->sendAll('tail');
        $a->close();
        $a = null;
    });
    var_dump($b->recv(100), $b->recvAll(6), $b->recvAll(100, 0.05));
    $s = $b->recvAll(1500000);
    $t = $b->recvAll(1500000, 2);
    var_dump(strlen($s), strlen($t), substr($t, -5), $b->recvAll(10), $b->errCode);
});
--EXPECT--
string(3) "aaa"
string(6) "bbcccc"
string(1) "d"
sent 2000000
int(1500000)
int(500004)
string(5) "ztail"
string(0) ""
int(0)
