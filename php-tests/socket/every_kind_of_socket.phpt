--TEST--
stream, datagram and seqpacket pairs; TCP and UDP over IPv4; listening on a path and on an abstract name
--FILE--
<?php
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{go, run};
// Of messages that are cut the log tells.
swoole_async_set(['log_file' => '/dev/null']);
run(function () {
    foreach (['stream' => SOCK_STREAM, 'datagram' => SOCK_DGRAM, 'seqpacket' => SOCK_SEQPACKET] as $name => $type) {
        [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, $type, 0);
        $a->send('one');
        $a->send('two');
        $first = $b->recv(2);
        // What is left of a message is lost, of a stream it is not.
        echo "$name: $first, {$b->recv()}; ";
        $big = str_repeat('0123456789', 20000);
        go(fn () => $a->sendAll($big));
        for ($got = ''; strlen($got) < strlen($big); $got .= $part) {
            $part = $b->recv(1000000);
        }
        echo $got === $big ? strlen($got) . " bytes\n" : "something else\n";
    }
    $name = sys_get_temp_dir() . '/every_kind.' . getmypid();
    foreach ([$name, "\0$name"] as $path) {
        $s = new Socket(AF_UNIX, SOCK_STREAM);
        var_dump($s->bind($path) && $s->listen());
        go(function () use ($s) {
            $c = $s->accept();
            $c->send(strrev($c->recv()));
        });
        $c = new Socket(AF_UNIX, SOCK_STREAM);
        var_dump($c->connect($path), $c->send('path'), $c->recv(), $c->getpeername()['address'] === $path);
        var_dump(file_exists($name));
        $s->close();
    }
    foreach ([str_repeat('x', 108), "a\0b"] as $path) {
        $s = new Socket(AF_UNIX, SOCK_STREAM);
        var_dump($s->bind($path), $s->errMsg, $s->connect($path), $s->errMsg);
    }
    $u = new Socket(AF_INET, SOCK_DGRAM);
    $u->bind('127.0.0.1');
    $c = new Socket(AF_INET, SOCK_DGRAM);
    // A connected one needs no address; localhost is one that everybody knows.
    var_dump($c->connect('localhost', $u->getsockname()['port']), $c->send(''), $u->recv(), $u->errCode);
    var_dump($c->sendto('127.0.0.1', 70000, 'x'), $c->errMsg);
});
?>
--EXPECT--
stream: on, etwo; 200000 bytes
datagram: on, two; 200000 bytes
seqpacket: on, two; 200000 bytes
bool(true)
bool(true)
int(4)
string(4) "htap"
bool(true)
bool(true)
bool(true)
bool(true)
int(4)
string(4) "htap"
bool(true)
bool(false)
bool(false)
string(18) "File name too long"
bool(false)
string(18) "File name too long"
bool(false)
string(16) "Invalid argument"
bool(false)
string(16) "Invalid argument"
bool(true)
int(0)
string(0) ""
int(0)
bool(false)
string(16) "Invalid argument"
