--TEST--
outside of coroutines a call works that need not wait; one that has to wait throws, and can be caught
--FILE--
<?php
use Swoole\Coroutine\Socket;
[$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
var_dump($a->send('at once'), $b->recv());
foreach (['recv' => [], 'recvAll' => [], 'accept' => [], 'recvfrom' => [&$peer]] as $name => $arguments) {
    $s = $b;
    if ($name === 'accept') {
        $s = new Socket(AF_INET, SOCK_STREAM);
        $s->bind('127.0.0.1');
        $s->listen();
    }
    try {
        $s->$name(...$arguments);
    } catch (Swoole\Error $e) {
        echo "$name: ", $e->getMessage(), "\n";
    }
}
// A time limit changes nothing about that, and the sockets work on.
try {
    $b->recv(1, 0.001);
} catch (Swoole\Error $e) {
    echo $e->getMessage(), "\n";
}
Swoole\Coroutine\run(function () use ($a, $b) {
    $a->send('in a coroutine');
    var_dump($b->recv());
});
?>
--EXPECT--
int(7)
string(7) "at once"
recv: API must be called in the coroutine
recvAll: API must be called in the coroutine
accept: API must be called in the coroutine
recvfrom: API must be called in the coroutine
API must be called in the coroutine
string(14) "in a coroutine"
