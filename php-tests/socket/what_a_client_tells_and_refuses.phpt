--TEST--
Coroutine\Client: addresses under both names of the host, and what it cannot send
--FILE--
<?php
use Swoole\Coroutine\{Client, Socket};
use function Swoole\Coroutine\run;

run(function () {
    $server = new Socket(AF_INET, SOCK_STREAM);
    $server->bind('127.0.0.1');
    $server->listen();
    $port = $server->getsockname()['port'];
    $client = new Client(SWOOLE_SOCK_TCP);
    var_dump($client->getsockname(), $client->connect('127.0.0.1', $port));
    ['port' => $own] = $client->getsockname();
    var_dump($client->getsockname() === ['host' => '127.0.0.1', 'address' => '127.0.0.1', 'port' => $own]);
    var_dump($client->getpeername() === ['host' => '127.0.0.1', 'address' => '127.0.0.1', 'port' => $port]);
    // A socket has the newer name only.
    var_dump($client->exportSocket()->getpeername() === ['address' => '127.0.0.1', 'port' => $port]);

    echo "datagrams\n";
    $receiver = new Socket(AF_INET, SOCK_DGRAM);
    $receiver->bind('127.0.0.1');
    $port = $receiver->getsockname()['port'];
    $client = new Client(SWOOLE_SOCK_UDP);
    var_dump($client->sendfile(__FILE__), $client->errCode === SWOOLE_ERROR_CLIENT_NO_CONNECTION);
    var_dump($client->sendto('127.0.0.1', $port, ''), $client->connected, $client->sendto('127.0.0.1', $port, 'x'), $client->connected);
    var_dump($client->sendfile(__FILE__), $client->errCode === SOCKET_EINVAL, $client->errMsg, swoole_last_error() === SOCKET_EINVAL);
    var_dump($client->sendfile(''));
    // The empty datagram was not sent.
    var_dump($receiver->recvfrom($peer));
});
?>
--EXPECTF--
bool(false)
bool(true)
bool(true)
bool(true)
bool(true)
datagrams
bool(false)
bool(true)
bool(false)
bool(false)
bool(true)
bool(true)
bool(false)
bool(true)
string(32) "dgram socket cannot use sendfile"
bool(true)

Warning: Swoole\Coroutine\Client::sendfile(): file to send is empty in %s on line %d
bool(false)
string(1) "x"
