--TEST--
Coroutine\Server: with TLS the function runs after the handshake, and not for clients without TLS
--EXTENSIONS--
openssl
--SKIPIF--
<?php
ob_start();
(new ReflectionExtension('swoole_process'))->info();
if (str_contains(ob_get_clean(), 'built without OpenSSL')) {
    die('skip built without OpenSSL');
}
?>
--FILE--
<?php
use Swoole\Coroutine\{Client, Server};
use Swoole\Coroutine\Server\Connection;
use function Swoole\Coroutine\{go, run};
require __DIR__ . '/certificates.inc';

$path = certificate('good.test');
run(function () use ($path) {
    $server = new Server('127.0.0.1', 0, true);
    $server->set(['ssl_cert_file' => $path]);
    $server->handle(function (Connection $connection) {
        // The socket itself speaks TLS already.
        $socket = $connection->exportSocket();
        $again = json_encode([$socket->sslHandshake(), $socket->errCode === SOCKET_EISCONN]);
        $socket->send(strtoupper($socket->recv()) . $again);
        $connection->close();
    });
    go(fn () => $server->start());

    $plain = new Client(SWOOLE_SOCK_TCP);
    $plain->connect('127.0.0.1', $server->port, 5);
    $plain->send("no TLS at all\n");
    // An alert, or nothing; then the connection is closed.
    while (($data = $plain->recv()) != '') {
        echo str_contains($data, 'NO') ? "answered\n" : '';
    }
    echo "refused\n";

    $client = new Client(SWOOLE_SOCK_TCP | SWOOLE_SSL);
    var_dump($client->connect('127.0.0.1', $server->port, 5), $client->send("hello\n"));
    echo $client->recv(), "\n";
    $server->shutdown();
});

// Without a function, and with settings that are invalid.
run(function () {
    $server = new Server('127.0.0.1');
    var_dump($server->start(), $server->errCode === SOCKET_EINVAL);
    $server->handle(fn () => null);
    $server->set(['open_eof_check' => true, 'package_eof' => '']);
    var_dump(@$server->start(), $server->errCode === SOCKET_EINVAL);
});
?>
--EXPECT--
refused
bool(true)
int(6)
HELLO
[false,true]
bool(false)
bool(true)
bool(false)
bool(true)
