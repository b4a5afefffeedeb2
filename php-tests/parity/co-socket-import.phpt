--TEST--
Socket::import of a stream; both names lead to one connection; what is refused.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: Socket::import of a stream; both names lead to one connection; what is refused.
// Status: documented.
use Swoole\Coroutine;
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{run, go};
[$x, $y] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
socket_create_pair(AF_UNIX, SOCK_STREAM, 0, $p);
run(function () use ($x, $y, $p) {
    $a = Socket::import($x);
    echo get_class($a), ' ', json_encode([$a->domain === AF_UNIX, $a->type === SOCK_STREAM]), "\n";
    fwrite($y, 'over the stream');
    var_dump($a->recv(100, 1), $a->send('back'));
    var_dump(fread($y, 100));
    fwrite($x, 'by the first name');
    var_dump(fread($y, 100));
    try {
        $s = Socket::import($p[0]);
        echo get_class($s), "\n";
        $s->send('over ext-sockets');
        var_dump(socket_read($p[1], 100));
    } catch (Throwable $e) {
        echo get_class($e), ': ', preg_replace('/ called in.*/', '', $e->getMessage()), "\n";
    }
    try {
        var_dump(@Socket::import(5));
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
});
--EXPECT--
Swoole\Coroutine\Socket [true,true]
string(15) "over the stream"
int(4)
string(4) "back"
string(17) "by the first name"
TypeError: Swoole\Coroutine\Socket::import(): Argument #1 ($stream) must be of type resource, Socket given
TypeError: Swoole\Coroutine\Socket::import(): Argument #1 ($stream) must be of type resource, int given
