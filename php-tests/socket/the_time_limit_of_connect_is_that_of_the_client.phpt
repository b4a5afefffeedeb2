--TEST--
Coroutine\Client: the time limit of connect() holds for later calls, too; a limit of a call comes first; flags of other clients mean nothing
--FILE--
<?php
use Swoole\Coroutine\{Client, Socket};
use function Swoole\Coroutine\{go, run};

set_error_handler(fn ($level, $text) => print("$text\n"));
run(function () {
    $server = new Socket(AF_INET, SOCK_STREAM);
    $server->bind('127.0.0.1');
    $server->listen();
    $port = $server->getsockname()['port'];
    $connect = function (array $settings, float ...$limit) use ($server, $port): array {
        $client = new Client(SWOOLE_SOCK_TCP | SWOOLE_KEEP | SWOOLE_SYNC);
        $settings && $client->set($settings);
        echo $client->connect('127.0.0.1', $port, ...$limit) ? '' : "not connected\n";
        return [$client, $server->accept()];
    };

    // A thousand seconds would let the test fail.
    [$client, $other] = $connect(['timeout' => 1000], 0.01);
    var_dump($client->recv(), $client->errCode === SOCKET_ETIMEDOUT);
    var_dump($client->send(str_repeat('x', 1 << 24)) < 1 << 24, $client->errCode === SOCKET_ETIMEDOUT);
    [$client, $other] = $connect(['read_timeout' => 0.01]);
    var_dump($client->recv(), $client->errCode === SOCKET_ETIMEDOUT);
    [$client, $other] = $connect([], 0.01);
    go(function () use ($other) {
        Co::sleep(0.05);
        $other->send('late');
    });
    var_dump($client->recv(1000));
    [$client, $other] = $connect(['timeout' => 0.01], -1);
    go(function () use ($other) {
        Co::sleep(0.05);
        $other->send('later');
    });
    var_dump($client->recv());

    $client = new Client(SWOOLE_SOCK_TCP6);
    foreach ([0, -1, 65536] as $port) {
        var_dump($client->connect('::1', $port), $client->errCode, $client->errMsg);
    }
});
?>
--EXPECT--
bool(false)
bool(true)
bool(true)
bool(true)
bool(false)
bool(true)
string(4) "late"
string(5) "later"
Swoole\Coroutine\Client::connect(): Invalid port argument[0]
bool(false)
int(22)
string(24) "Invalid port argument[0]"
Swoole\Coroutine\Client::connect(): Invalid port argument[-1]
bool(false)
int(22)
string(25) "Invalid port argument[-1]"
Swoole\Coroutine\Client::connect(): Invalid port argument[65536]
bool(false)
int(22)
string(28) "Invalid port argument[65536]"
