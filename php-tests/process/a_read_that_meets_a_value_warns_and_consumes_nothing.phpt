--TEST--
read() that meets a value, and receive() that meets other data or a handle, warn and consume nothing
--EXTENSIONS--
sockets
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Process;

require __DIR__ . '/../support.inc';

set_error_handler(function (int $level, string $text): bool {
    echo "    $text\n";
    return true;
});
$enomsg = fn () => swoole_last_error() === SOCKET_ENOMSG ? 'ENOMSG' : swoole_last_error();
foreach (TYPES as $name => $type) {
    echo "$name\n";
    $p = new Process(function (Process $p) {
        $p->send(str_repeat('v', 16_000));
        $p->write('plain');
        $p->send([2]);
        $p->sendHandle(STDIN, 'data');
        $p->send([3]);
        $p->write("\xfc");
        $p->send([4]);
        $p->send(str_repeat('w', 100_000));
        $p->write('end');
        $p->receive();
    }, false, $type);
    $p->start();
    var_dump($p->read(), $enomsg(), $p->read(3), $p->receiveHandle(1), $enomsg());
    var_dump(strlen($p->receive(5, $received)), $received);
    var_dump($p->receive(5, $received), $received, $enomsg(), $p->read());
    var_dump($p->receiveHandle(1), $enomsg(), $p->receive());
    var_dump($p->receive(), $enomsg(), $p->read(), get_debug_type($p->receiveHandle(5, $data)), $data);
    var_dump($p->receive(), $p->receive(), bin2hex($p->read()));

    // The copy of the pipe for coroutines knows them too.
    Coroutine\run(function () use ($p) {
        $socket = $p->exportSocket();
        var_dump($socket->recv(10), $socket->errCode === SOCKET_ENOMSG, $socket->peek(10), $socket->recv(100_000));
        var_dump($p->receive(), $socket->recv(10), $socket->recvAll(4), $socket->receiveHandle(1), strlen($p->receive()), $socket->recv(10));
    });
    $p->send(null);
    echo ending(Process::wait()), "\n";
}
?>
--EXPECT--
stream
    Swoole\Process::read(): a value comes next, receive it with receive()
    Swoole\Process::read(): a value comes next, receive it with receive()
    Swoole\Process::receiveHandle(): a value comes next, receive it with receive()
bool(false)
string(6) "ENOMSG"
bool(false)
bool(false)
string(6) "ENOMSG"
int(16000)
bool(true)
    Swoole\Process::receive(): other data come before the value, read them first
bool(false)
bool(false)
string(6) "ENOMSG"
string(5) "plain"
    Swoole\Process::receiveHandle(): a value comes next, receive it with receive()
bool(false)
string(6) "ENOMSG"
array(1) {
  [0]=>
  int(2)
}
    Swoole\Process::receive(): a handle comes next, receive it with receiveHandle()
    Swoole\Process::read(): a handle comes next, receive it with receiveHandle()
bool(false)
string(6) "ENOMSG"
bool(false)
string(17) "resource (stream)"
string(4) "data"
    Swoole\Process::receive(): other data come before the value, read them first
array(1) {
  [0]=>
  int(3)
}
bool(false)
string(2) "fc"
    Swoole\Coroutine\Socket::recv(): a value comes next, receive it with receive()
    Swoole\Coroutine\Socket::peek(): a value comes next, receive it with receive()
    Swoole\Coroutine\Socket::recv(): a value comes next, receive it with receive()
bool(false)
bool(true)
bool(false)
bool(false)
    Swoole\Coroutine\Socket::recv(): a value comes next, receive it with receive()
    Swoole\Coroutine\Socket::recvAll(): a value comes next, receive it with receive()
    Swoole\Coroutine\Socket::receiveHandle(): a value comes next, receive it with receive()
array(1) {
  [0]=>
  int(4)
}
bool(false)
bool(false)
bool(false)
int(100000)
string(3) "end"
code 0
message
    Swoole\Process::read(): a value comes next, receive it with receive()
    Swoole\Process::read(): a value comes next, receive it with receive()
    Swoole\Process::receiveHandle(): a value comes next, receive it with receive()
bool(false)
string(6) "ENOMSG"
bool(false)
bool(false)
string(6) "ENOMSG"
int(16000)
bool(true)
    Swoole\Process::receive(): other data come before the value, read them first
bool(false)
bool(false)
string(6) "ENOMSG"
string(5) "plain"
    Swoole\Process::receiveHandle(): a value comes next, receive it with receive()
bool(false)
string(6) "ENOMSG"
array(1) {
  [0]=>
  int(2)
}
    Swoole\Process::receive(): a handle comes next, receive it with receiveHandle()
    Swoole\Process::read(): a handle comes next, receive it with receiveHandle()
bool(false)
string(6) "ENOMSG"
bool(false)
string(17) "resource (stream)"
string(4) "data"
    Swoole\Process::receive(): other data come before the value, read them first
array(1) {
  [0]=>
  int(3)
}
bool(false)
string(2) "fc"
    Swoole\Coroutine\Socket::recv(): a value comes next, receive it with receive()
    Swoole\Coroutine\Socket::peek(): a value comes next, receive it with receive()
    Swoole\Coroutine\Socket::recv(): a value comes next, receive it with receive()
bool(false)
bool(true)
bool(false)
bool(false)
    Swoole\Coroutine\Socket::recv(): a value comes next, receive it with receive()
    Swoole\Coroutine\Socket::recvAll(): a value comes next, receive it with receive()
    Swoole\Coroutine\Socket::receiveHandle(): a value comes next, receive it with receive()
array(1) {
  [0]=>
  int(4)
}
bool(false)
bool(false)
bool(false)
int(100000)
string(3) "end"
code 0
