--TEST--
time-outs of recv, accept, recvAll: false, errCode and errMsg; the time-out set by setOption; -1 for ever.
--EXTENSIONS--
sockets
--CONFLICTS--
all
--FILE--
<?php
// Pins: time-outs of recv, accept, recvAll: false, errCode and errMsg; the time-out set by setOption; -1 for ever.
// Status: documented.
use Swoole\Coroutine;
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{run, go};
run(function () {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $t = microtime(true);
    var_dump($a->recv(10, 0.05), $a->errCode === SOCKET_ETIMEDOUT, $a->errMsg);
    $t = microtime(true) - $t;
    var_dump($t > 0.045 && $t < 1);
    $b->send('x');
    var_dump($a->recv(10, 0.05), $a->errCode, $a->errMsg);
    $s = new Socket(AF_INET, SOCK_STREAM, 0);
    var_dump($s->bind('127.0.0.1', 0), $s->listen(), $s->accept(0.05), $s->errCode === SOCKET_ETIMEDOUT);
    var_dump($a->setOption(SOL_SOCKET, SO_RCVTIMEO, ['sec' => 0, 'usec' => 60000]));
    var_dump($a->recv(), $a->errCode === SOCKET_ETIMEDOUT);
    go(function () use ($b) { Coroutine::sleep(0.15); $b->send('later than the option'); });
    var_dump($a->recv(100, -1));
});
--EXPECT--
bool(false)
bool(true)
string(20) "Connection timed out"
bool(true)
string(1) "x"
int(0)
string(0) ""
bool(true)
bool(true)
bool(false)
bool(true)
bool(true)
bool(false)
bool(true)
string(21) "later than the option"
