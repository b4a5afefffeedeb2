--TEST--
close() wakes those who wait and really closes: the peer reads the end, the port and the path are free
--FILE--
<?php
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{go, run};
require __DIR__ . '/../support.inc';
$before = links();
run(function () {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    go(fn () => print('reader: ' . json_encode([$a->recv(), $a->errCode === SOCKET_ECANCELED, $a->errMsg]) . "\n"));

    go(function () use ($a) {
        while ($a->send(str_repeat('x', 100000)) !== false);
        echo "writer: $a->errMsg\n";
    });
    var_dump($a->close(), $a->isClosed(), $a->close(), $a->errMsg);

    $s = new Socket(AF_INET, SOCK_STREAM);
    $s->bind('127.0.0.1');
    $s->listen();
    $port = $s->getsockname()['port'];
    go(fn () => print('acceptor: ' . json_encode($s->accept()) . "\n"));
    $s->close();
    $c = new Socket(AF_INET, SOCK_STREAM);
    var_dump($c->connect('127.0.0.1', $port, 1), $c->errMsg);
    $again = new Socket(AF_INET, SOCK_STREAM);
    var_dump($again->bind('127.0.0.1', $port));

    // A path goes with the socket that made it, and with no other.
    $folder = sys_get_temp_dir() . '/close_really_closes.' . getmypid();
    mkdir($folder);
    $x = new Socket(AF_UNIX, SOCK_DGRAM);
    $y = new Socket(AF_UNIX, SOCK_DGRAM);
    var_dump($x->bind("$folder/x"), $y->bind("$folder/y"), $y->sendto("$folder/x", 0, 'hello'), $x->recvfrom($from));
    var_dump($from === ['address' => "$folder/y", 'port' => 0]);
    $x->close();
    echo implode(',', array_diff(scandir($folder), ['.', '..'])), "\n";
    unset($y);
    var_dump(rmdir($folder));
});
var_dump(links() === $before);
?>
--EXPECT--
reader: [false,true,"Operation canceled"]
writer: Operation canceled
bool(true)
bool(true)
bool(false)
string(19) "Bad file descriptor"
acceptor: false
bool(false)
string(18) "Connection refused"
bool(true)
bool(true)
bool(true)
int(5)
string(5) "hello"
bool(true)
y
bool(true)
bool(true)
