--TEST--
a call of a Coroutine\Socket, client or connection that succeeds sets swoole_last_error() to 0: after EOF it tells of no failure
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\{Client, Server};
use function Swoole\Coroutine\{go, run};

run(function () {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $a->recv(1, 0.001);
    var_dump(swoole_last_error() === SOCKET_ETIMEDOUT);
    $b->send('x');
    var_dump(swoole_last_error(), $a->recv(), swoole_last_error());

    // As the loop of a server that Swoole documents.
    $server = new Server('127.0.0.1');
    $server->handle(function (Server\Connection $connection) use ($server) {
        while (true) {
            $data = $connection->recv();
            if ($data === '' || $data === false) {
                var_dump($data, swoole_last_error());
                break;
            }
            // Another coroutine fails meanwhile.
            Coroutine::cancel(PHP_INT_MAX);
            $connection->send($data);
        }
        $connection->close();
        $server->shutdown();
    });
    go(function () use ($server) {
        $client = new Client(SWOOLE_SOCK_TCP);
        $client->connect('127.0.0.1', $server->port);
        $client->send('hello');
        Coroutine::cancel(PHP_INT_MAX);
        var_dump($client->recv(), swoole_last_error());
        $client->close();
    });
    $server->start();
});
?>
--EXPECT--
bool(true)
int(0)
string(1) "x"
int(0)
string(5) "hello"
int(0)
string(0) ""
int(0)
