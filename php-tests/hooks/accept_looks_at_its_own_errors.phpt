--TEST--
socket_accept() with hooks looks at its own error, not at one of an earlier call, and a connection that another one has taken is no error
--EXTENSIONS--
sockets
swoole_process
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;

Swoole\Runtime::enableCoroutine(SWOOLE_HOOK_SOCKETS);

// A socket that does not listen, is ready, and has failed with EAGAIN before.
socket_create_pair(AF_UNIX, SOCK_STREAM, 0, $pair);
var_dump(socket_recv($pair[1], $data, 10, MSG_DONTWAIT));
echo socket_strerror(socket_last_error($pair[1])), "\n";
socket_send($pair[0], 'x', 1, 0);
Coroutine\run(function () use ($pair) {
    var_dump(@socket_accept($pair[1]));
    echo socket_strerror(socket_last_error()), "\n";
});

// Two coroutines wait for one connection: one gets it, the other one waits for the next.
$server = socket_create_listen(0);
socket_getsockname($server, $host, $port);
$connect = function () use ($port) {
    $socket = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
    socket_connect($socket, '127.0.0.1', $port);
    return $socket;
};
Coroutine\run(function () use ($server, $connect) {
    $accepted = new Channel(2);
    for ($i = 0; $i < 2; $i++) {
        go(function () use ($server, $accepted) {
            $connection = socket_accept($server);
            $accepted->push($connection === false ? socket_strerror(socket_last_error()) : 'accepted');
        });
    }
    $first = $connect();
    var_dump($accepted->pop());
    var_dump($accepted->pop(0.05));
    $second = $connect();
    var_dump($accepted->pop());
});
?>
--EXPECT--
bool(false)
Resource temporarily unavailable
bool(false)
Invalid argument
string(8) "accepted"
bool(false)
string(8) "accepted"
