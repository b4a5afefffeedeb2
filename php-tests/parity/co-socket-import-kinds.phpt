--TEST--
Socket::import() of a stream that is no socket, a closed stream, an object, a socket pair and a datagram stream.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: Socket::import() of a stream that is no socket, a closed stream, an object, a socket pair and a datagram stream.
// Status: documented (results); the texts are accidental.
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\run;
run(function () {
    var_dump(@Socket::import(fopen(__FILE__, 'rb')));
    $closed = stream_socket_server('udp://127.0.0.1:0', $n, $s, STREAM_SERVER_BIND);
    fclose($closed);
    foreach ([$closed, new stdClass()] as $bad) {
        try {
            Socket::import($bad);
        } catch (TypeError $e) {
            echo $e->getMessage(), "\n";
        }
    }
    [$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $socket = Socket::import($a);
    var_dump($socket->domain === AF_UNIX, $socket->send('through the pair'));
    var_dump(fread($b, 100));
    $udp = Socket::import(stream_socket_server('udp://127.0.0.1:0', $n, $s, STREAM_SERVER_BIND));
    var_dump($udp->domain === AF_INET, $udp->type === SOCK_DGRAM);
});
--EXPECT--
bool(false)
Swoole\Coroutine\Socket::import(): supplied resource is not a valid stream resource
Swoole\Coroutine\Socket::import(): Argument #1 ($stream) must be of type resource, stdClass given
bool(true)
int(16)
string(16) "through the pair"
bool(true)
bool(true)
