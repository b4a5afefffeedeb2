--TEST--
handles that are refused, not asked for, cut, of several descriptors, on their way or for nobody leave no descriptors open
--EXTENSIONS--
pcntl
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

/** A message of another program: text with descriptors. */
function foreign(int|Socket $to, string $text, array $handles): void
{
    $sent = socket_sendmsg(socket_import_stream(Swoole\dup(is_int($to) ? $to : $to->fd)), [
        'iov' => [$text], 'control' => [['level' => SOL_SOCKET, 'type' => SCM_RIGHTS, 'data' => $handles]],
    ]);
    if ($sent !== strlen($text)) {
        echo "not sent\n";
    }
}

$before = links();
foreach (TYPES as $name => $type) {
    echo "$name\n";
    // Sent, and nobody receives it.
    $p = new Process(fn () => 0, false, $type);
    $p->sendHandle(fopen(__FILE__, 'r'), 'data');
    $p->start();
    Process::wait();
    unset($p);
    // Met, and not received.
    $p = new Process(function (Process $p) {
        $p->sendHandle(fopen(__FILE__, 'r'), 'data');
        foreign($p->pipe, 'two of them', [STDIN, STDIN]);
        foreign($p->pipe, 'many', array_fill(0, 100, STDIN));
        foreign($p->pipe, 'one', [STDIN]);
        foreign($p->pipe, 'another', [STDIN]);
        $p->write('end');
    }, false, $type);
    $p->start();
    Process::wait();
    var_dump($p->read());
    var_dump(is_resource($p->receiveHandle(1)));
    // Several are refused, by who asks for a handle. For others it is a text.
    var_dump($p->receiveHandle(1), swoole_last_error() === SOCKET_EBADMSG, $p->read());
    // One of another program is a handle, and the text its data.
    var_dump($p->read());
    var_dump(is_resource($p->receiveHandle(1, $data)), $data);
    var_dump(is_resource($p->receiveHandle(1, $data)), $data);
    // One that was met stays the parent's.
    $p->read();
    $child = pcntl_fork();
    if ($child === 0) {
        exit(0);
    }
    pcntl_waitpid($child, $status);
    unset($p);

    // To nobody.
    $p = new Process(fn () => 0, false, $type);
    $p->start();
    Process::wait();
    $p->read();
    var_dump($p->sendHandle(fopen(__FILE__, 'r'), 'data'), swoole_last_error() === SOCKET_EPIPE);
    unset($p);
}
run(function () {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_DGRAM, 0);
    foreign($a, 'text', [STDIN]);
    foreign($a, 'two', [STDIN, STDIN]);
    foreign($a, '', [STDIN]);
    $a->sendHandle($a);
    var_dump($b->recv(2));
    var_dump(is_resource($b->receiveHandle(1, $data)), $data);
    var_dump($b->receiveHandle(1), $b->errCode === SOCKET_EBADMSG);
    var_dump(is_resource($b->receiveHandle(1, $data)), $data);
    // The last one, a socket that is sent through itself, is left there.
    var_dump($b->peek());
    unset($a, $b);
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $b->close();
    var_dump($a->sendHandle(STDIN, 'data'), $a->errCode === SOCKET_EPIPE);
    // With credentials, which take room beside the descriptors.
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $b->setOption(SOL_SOCKET, SO_PASSCRED, 1);
    $a->send('text');
    $a->sendHandle(STDIN, 'data');
    var_dump($b->recv(), is_resource($b->receiveHandle(1, $data)), $data);
    // Only unix sockets do it.
    $tcp = new Socket(AF_INET, SOCK_STREAM);
    var_dump($tcp->sendHandle(STDIN), $tcp->errCode === SOCKET_EOPNOTSUPP, $tcp->receiveHandle());
    // No data variable, and a variable that takes no text.
    $a->sendHandle(STDIN, 'data');
    try {
        $typed = new class { public int $number = 1; };
        $b->receiveHandle(1, $typed->number);
    } catch (TypeError $e) {
        echo $e->getMessage(), "\n";
    }
});
gc_collect_cycles();
var_dump(array_diff_key(links(), $before));

$none = new Process(fn () => 0, false, 0);
var_dump($none->sendHandle(STDIN), $none->receiveHandle(1));
?>
--EXPECT--
stream
    Swoole\Process::read(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
    Swoole\Process::receiveHandle(): received a message with 2 descriptors instead of one, all of them were closed
bool(false)
bool(true)
string(4) "many"
    Swoole\Process::read(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
string(3) "one"
bool(true)
string(7) "another"
    Swoole\Process::sendHandle(): sendmsg() failed, Error: Broken pipe[32]
bool(false)
bool(true)
message
    Swoole\Process::read(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
    Swoole\Process::receiveHandle(): received a message with 2 descriptors instead of one, all of them were closed
bool(false)
bool(true)
string(4) "many"
    Swoole\Process::read(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
string(3) "one"
bool(true)
string(7) "another"
    Swoole\Process::sendHandle(): sendmsg() failed, Error: Broken pipe[32]
bool(false)
bool(true)
    Swoole\Coroutine\Socket::recv(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(true)
string(2) "te"
    Swoole\Coroutine\Socket::receiveHandle(): received a message with 2 descriptors instead of one, all of them were closed
bool(false)
bool(true)
bool(true)
string(0) ""
    Swoole\Coroutine\Socket::peek(): a handle comes next, receive it with receiveHandle()
bool(false)
bool(false)
bool(true)
string(4) "text"
bool(true)
string(4) "data"
    Swoole\Coroutine\Socket::sendHandle(): only unix sockets carry handles
    Swoole\Coroutine\Socket::receiveHandle(): only unix sockets carry handles
bool(false)
bool(true)
bool(false)
Cannot assign string to reference held by property class@anonymous::$number of type int
array(0) {
}
    Swoole\Process::sendHandle(): no pipe, cannot send a handle
    Swoole\Process::receiveHandle(): no pipe, cannot receive a handle
bool(false)
bool(false)
