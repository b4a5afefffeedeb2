--TEST--
Coroutine\Client and Coroutine\Server: packets over TCP, over IPv6 and over paths; datagrams; settings, errors and the end
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Client;
use Swoole\Coroutine\Server;
use Swoole\Coroutine\Server\Connection;
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{go, run};

const PACKETS = ['open_length_check' => true, 'package_length_type' => 'N', 'package_body_offset' => 4];
function packet(string $text): string
{
    return pack('N', strlen($text)) . $text;
}
function echo_backwards(Connection $connection): void
{
    while (($packet = $connection->recv()) != '') {
        $connection->send(packet(strrev(substr($packet, 4))));
    }
    $connection->close();
}
$path = sys_get_temp_dir() . '/server-' . getmypid();
run(function () use ($path) {
    foreach ([['127.0.0.1', SWOOLE_SOCK_TCP], ['::1', SWOOLE_SOCK_TCP6], ["unix:$path", SWOOLE_SOCK_UNIX_STREAM]] as [$host, $type]) {
        $server = new Server($host);
        $server->set(PACKETS);
        $server->handle(echo_backwards(...));
        $done = go(function () use ($server, $type) {
            echo "$type: ", json_encode($server->start()), "\n";
        });
        $clients = [];
        for ($i = 0; $i < 20; $i++) {
            $clients[] = go(function () use ($server, $host, $type, $i) {
                $client = new Client($type);
                $client->set(PACKETS + ['timeout' => 5]);
                $client->connect($type === SWOOLE_SOCK_UNIX_STREAM ? substr($host, 5) : $host, $server->port) || print("$client->errMsg\n");
                foreach (["number $i", '', str_repeat('x', 100_000)] as $text) {
                    $client->send(packet($text)) === 4 + strlen($text) || print("not sent\n");
                    substr($client->recv(), 4) === strrev($text) || print("not echoed: $client->errMsg\n");
                }
                $client->close();
            });
        }
        Coroutine::join($clients);
        var_dump($server->shutdown());
        Coroutine::join([$done]);
    }

    echo "the state of a client\n";
    $listener = new Socket(AF_INET, SOCK_STREAM);
    $listener->bind('127.0.0.1');
    $listener->listen();
    $port = $listener->getsockname()['port'];
    $client = new Client(SWOOLE_SOCK_TCP);
    var_dump($client->isConnected(), $client->send('x'), $client->errCode, $client->errMsg, $client->close());
    var_dump($client->set([]), $client->set(['timeout' => 0.01]), $client->set(['open_eof_split' => true, 'package_eof' => "\n"]), json_encode($client->setting));
    var_dump($client->connect('127.0.0.1', $port), $client->connected, $client->fd === $client->exportSocket()->fd);
    var_dump($client->connect('127.0.0.1', $port), $client->errMsg);
    var_dump($client->recv(), $client->errCode === SOCKET_ETIMEDOUT);
    $other = $listener->accept();
    $other->send("line\nrest");
    var_dump($client->peek(4), $client->recv(), $client->getpeername()['port'] === $port, $client->getsockname()['port'] === $other->getpeername()['port']);
    $other->close();
    var_dump($client->recv(), $client->recv(0.01), $client->close(), $client->connected, $client->fd);
    $listener->close();
    var_dump($client->connect('127.0.0.1', $port), $client->errCode === SOCKET_ECONNREFUSED, $client->isConnected());

    echo "closed while it connects and while it receives\n";
    $silent = new Socket(AF_INET, SOCK_STREAM);
    $silent->bind('127.0.0.1');
    $silent->listen();
    $client = new Client(SWOOLE_SOCK_TCP);
    $client->connect('127.0.0.1', $silent->getsockname()['port']);
    go(fn () => var_dump($client->recv(), $client->errCode === SOCKET_ECANCELED));
    $client->close();

    echo "datagrams\n";
    $client = new Client(SWOOLE_SOCK_UDP);
    $receiver = new Socket(AF_INET, SOCK_DGRAM);
    $receiver->bind('127.0.0.1');
    $port = $receiver->getsockname()['port'];
    var_dump($client->sendto('127.0.0.1', $port, 'ping'), $receiver->recvfrom($peer), $receiver->sendto('127.0.0.1', $peer['port'], 'pong'));
    var_dump($client->recvfrom(100, $address, $from), $address, $from === $port);
    var_dump((new Client(SWOOLE_SOCK_TCP))->sendto('127.0.0.1', $port, 'x'));

    echo "wrong values\n";
    foreach ([
        fn () => new Client(99),
        fn () => new Server('no address'),
        fn () => new Server('127.0.0.1', 70000),
        fn () => (new Server('127.0.0.1'))->start(),
        fn () => (new ReflectionClass(Server::class))->newInstanceWithoutConstructor()->start(),
        fn () => (new ReflectionClass(Client::class))->newInstanceWithoutConstructor()->recv(),
        fn () => (new ReflectionClass(Connection::class))->newInstanceWithoutConstructor()->recv(),
        fn () => (new Client(SWOOLE_SOCK_TCP))->connect('', 80),
        fn () => (new Client(SWOOLE_SOCK_TCP))->send(''),
        fn () => new Connection(new stdClass()),
    ] as $call) {
        try {
            var_dump($call());
        } catch (Throwable $e) {
            echo $e::class, ': ', $e->getMessage(), ' ', $e->getCode(), "\n";
        }
    }
});
var_dump(file_exists($path));
?>
--EXPECTF--
1: true
bool(true)
3: true
bool(true)
5: true
bool(true)
the state of a client
bool(false)
bool(false)
int(5001)
string(20) "Client no connection"
bool(false)
bool(false)
bool(true)
bool(true)
string(57) "{"timeout":0.01,"open_eof_split":true,"package_eof":"\n"}"
bool(true)
bool(true)
bool(true)
bool(false)
string(39) "Transport endpoint is already connected"
bool(false)
bool(true)
string(4) "line"
string(5) "line
"
bool(true)
bool(true)
string(0) ""
string(0) ""
bool(true)
bool(false)
int(-1)
bool(false)
bool(true)
bool(false)
closed while it connects and while it receives
bool(false)
bool(true)
datagrams
bool(true)
string(4) "ping"
int(4)
string(4) "pong"
string(9) "127.0.0.1"
bool(true)
bool(false)
wrong values
TypeError: Swoole\Coroutine\Client::__construct() expects parameter 1 to be client type, unknown type 99 given 0
Swoole\Exception: bind(no address:0) failed 22
Swoole\Exception: bind(127.0.0.1:70000) failed 22
bool(false)
Swoole\Error: must call constructor first 0
Swoole\Error: must call constructor first 0
Swoole\Error: must call constructor first 0

Warning: Swoole\Coroutine\Client::connect(): The host is empty in %s on line %d
bool(false)

Warning: Swoole\Coroutine\Client::send(): data to send is empty in %s on line %d
bool(false)
TypeError: Swoole\Coroutine\Server\Connection::__construct(): Argument #1 ($conn) must be of type Swoole\Coroutine\Socket, stdClass given, called in %s on line %d 0
bool(false)
