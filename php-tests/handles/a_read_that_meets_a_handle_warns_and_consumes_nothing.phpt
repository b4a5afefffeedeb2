--TEST--
read() that meets a handle warns, and receiveHandle() that meets other data does: both leave all where it is
--EXTENSIONS--
sockets
--FILE--
<?php
use Swoole\Coroutine\Socket;
use Swoole\Process;
use function Swoole\Coroutine\run;

require __DIR__ . '/../support.inc';

set_error_handler(function (int $level, string $text): bool {
    if (error_reporting() & $level) {
        echo "    $text\n";
    }
    return true;
}, E_WARNING);

foreach (TYPES as $name => $type) {
    echo "$name\n";
    $p = new Process(function (Process $p) {
        $p->write('abc');
        $p->sendHandle(fopen(__FILE__, 'r'), 'with it');
        $p->sendHandle(fopen(__FILE__, 'r'));
        $p->write('def');
    }, false, $type);
    $p->start();
    Process::wait();
    var_dump($p->receiveHandle(0.1), swoole_last_error() === SOCKET_ENOMSG);
    // Of a stream a part.
    var_dump($type === SOCK_STREAM ? $p->read(2) . $p->read() : $p->read());
    var_dump($p->read(1), swoole_last_error() === SOCKET_ENOMSG, $p->read());
    var_dump(get_resource_type($p->receiveHandle(1, $data)), $data);
    var_dump($p->read());
    var_dump(get_resource_type($p->receiveHandle(1, $data)), $data);
    var_dump($p->receiveHandle(1), $p->read(), $p->read());
}
run(function () {
    foreach (['stream' => SOCK_STREAM, 'datagram' => SOCK_DGRAM, 'packet' => SOCK_SEQPACKET] as $name => $type) {
        echo "$name\n";
        [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, $type, 0);
        $a->send('abc');
        $a->sendHandle(STDIN, 'with it');
        $a->send('def');
        var_dump($b->receiveHandle(0.1), $b->errCode === SOCKET_ENOMSG);
        var_dump($b->peek(), $b->recv(3));
        foreach ([fn () => $b->recv(), fn () => $b->recvAll(3), fn () => $b->recvfrom($peer), fn () => $b->peek()] as $call) {
            var_dump($call(), $b->errCode === SOCKET_ENOMSG);
        }
        var_dump($b->checkLiveness());
        var_dump(get_resource_type($b->receiveHandle(1, $data)), $data, $b->recv());
        // What is collected, up to the handle.
        if ($type === SOCK_STREAM) {
            $a->send('12');
            $a->sendHandle(STDIN);
            var_dump($b->recvAll(10), $b->errCode === SOCKET_ENOMSG);
            var_dump(get_resource_type($b->receiveHandle()));
            $a->send('123');
            $a->sendHandle(STDIN);
            echo json_encode($b->readVectorAll([2, 2, 2])), "\n";
            var_dump($b->readVectorAll([2]), $b->errCode === SOCKET_ENOMSG);
            var_dump(get_resource_type($b->receiveHandle()));
        }
    }
});
?>
--EXPECT--
stream
    Swoole\Process::receiveHandle(): other data come before the handle, read them first
bool(false)
bool(true)
string(3) "abc"
    Swoole\Process::read(): a handle comes next, receive it with receiveHandle()
    Swoole\Process::read(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
bool(false)
string(6) "stream"
string(7) "with it"
    Swoole\Process::read(): a handle comes next, receive it with receiveHandle()
bool(false)
string(6) "stream"
string(0) ""
    Swoole\Process::receiveHandle(): other data come before the handle, read them first
bool(false)
string(3) "def"
string(0) ""
message
    Swoole\Process::receiveHandle(): other data come before the handle, read them first
bool(false)
bool(true)
string(3) "abc"
    Swoole\Process::read(): a handle comes next, receive it with receiveHandle()
    Swoole\Process::read(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
bool(false)
string(6) "stream"
string(7) "with it"
    Swoole\Process::read(): a handle comes next, receive it with receiveHandle()
bool(false)
string(6) "stream"
string(0) ""
    Swoole\Process::receiveHandle(): other data come before the handle, read them first
bool(false)
string(3) "def"
string(0) ""
stream
    Swoole\Coroutine\Socket::receiveHandle(): other data come before the handle, read them first
bool(false)
bool(true)
string(3) "abc"
string(3) "abc"
    Swoole\Coroutine\Socket::recv(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
    Swoole\Coroutine\Socket::recvAll(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
    Swoole\Coroutine\Socket::recvfrom(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
    Swoole\Coroutine\Socket::peek(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
bool(true)
string(6) "stream"
string(7) "with it"
string(3) "def"
string(2) "12"
bool(true)
string(6) "stream"
["12","3"]
    Swoole\Coroutine\Socket::readVectorAll(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
string(6) "stream"
datagram
    Swoole\Coroutine\Socket::receiveHandle(): other data come before the handle, read them first
bool(false)
bool(true)
string(3) "abc"
string(3) "abc"
    Swoole\Coroutine\Socket::recv(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
    Swoole\Coroutine\Socket::recvAll(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
    Swoole\Coroutine\Socket::recvfrom(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
    Swoole\Coroutine\Socket::peek(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
bool(true)
string(6) "stream"
string(7) "with it"
string(3) "def"
packet
    Swoole\Coroutine\Socket::receiveHandle(): other data come before the handle, read them first
bool(false)
bool(true)
string(3) "abc"
string(3) "abc"
    Swoole\Coroutine\Socket::recv(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
    Swoole\Coroutine\Socket::recvAll(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
    Swoole\Coroutine\Socket::recvfrom(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
    Swoole\Coroutine\Socket::peek(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
bool(true)
string(6) "stream"
string(7) "with it"
string(3) "def"
