--TEST--
Redis: 200 coroutines speak in lines, each with commands in one go and byte by byte; large values; a server that is killed and comes back
--SKIPIF--
<?php require __DIR__ . '/skip.inc'; ?>
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\{Channel, Client, Socket};
use function Swoole\Coroutine\{go, run};
require __DIR__ . '/support.inc';

function command(string ...$words): string
{
    return '*' . count($words) . "\r\n" . implode(array_map(fn ($word) => '$' . strlen($word) . "\r\n$word\r\n", $words));
}

/** The next answer of the server. */
function answer(Socket $socket): mixed
{
    // Each of the two characters ends a line.
    $line = $socket->recvLine(1000, 30);
    if ($line == '' || $line[-1] !== "\r" || $socket->recvLine(1000, 30) !== "\n") {
        throw new RuntimeException('no line: ' . json_encode($line) . " $socket->errMsg");
    }
    $rest = substr($line, 1, -1);
    return match ($line[0]) {
        '+', '-' => $rest,
        ':' => (int) $rest,
        '$' => $rest === '-1' ? null : substr($socket->recvAll((int) $rest + 2, 30), 0, -2),
        '*' => array_map(fn () => answer($socket), range(1, (int) $rest)),
    };
}
function same(mixed $expected, mixed $seen): void
{
    $expected === $seen || throw new RuntimeException('not as expected: ' . substr(json_encode($seen), 0, 200));
}

$redis = Peer::redis();
run(function () use ($redis) {
    $speak = [
        'pipelined, through a socket' => function (int $n) use ($redis) {
            $socket = new Socket(AF_INET, SOCK_STREAM);
            $socket->connect('127.0.0.1', $redis->port, 30) || throw new RuntimeException($socket->errMsg);
            $value = random_bytes(100 + 37 * $n);
            $commands = command('SET', "key$n", $value) . command('GET', "key$n") . command('GET', 'none');
            for ($i = 1; $i <= 50; $i++) {
                $commands .= command('INCR', "number$n");
            }
            same(strlen($commands), $socket->sendAll($commands));
            same('OK', answer($socket));
            same($value, answer($socket));
            same(null, answer($socket));
            for ($i = 1; $i <= 50; $i++) {
                same($i, answer($socket));
            }
            $socket->close();
        },
        'in lines, through a client' => function (int $n) use ($redis) {
            $client = new Client(SWOOLE_SOCK_UNIX_STREAM);
            $client->set(['open_eof_split' => true, 'package_eof' => "\r\n", 'timeout' => 30]);
            $client->connect($redis->path) || throw new RuntimeException($client->errMsg);
            foreach (['a', 'b', ''] as $value) {
                $client->send(command('SET', "line$n", $value) . command('GET', "line$n"));
                same(["+OK\r\n", '$' . strlen($value) . "\r\n", "$value\r\n"], [$client->recv(), $client->recv(), $client->recv()]);
            }
            $client->close();
        },
        'byte by byte' => function (int $n) use ($redis) {
            $socket = new Socket(AF_INET, SOCK_STREAM);
            $socket->connect('127.0.0.1', $redis->port, 30) || throw new RuntimeException($socket->errMsg);
            foreach (str_split(command('ECHO', "number $n\r\nand more")) as $byte) {
                $socket->sendAll($byte);
                Coroutine::sleep(0.001);
            }
            same("number $n\r\nand more", answer($socket));
            $socket->close();
        },
    ];
    $ways = array_values($speak);
    $done = [];
    for ($n = 0; $n < 200; $n++) {
        $done[] = go($ways[$n % 3], $n);
    }
    Coroutine::join($done);
    $socket = new Socket(AF_UNIX, SOCK_STREAM);
    $socket->connect($redis->path);
    $socket->sendAll(command('DBSIZE'));
    echo 'keys: ', answer($socket), "\n";

    echo "a large value through small buffers\n";
    $small = new Socket(AF_INET, SOCK_STREAM);
    $small->setOption(SOL_SOCKET, SO_RCVBUF, 4096);
    $small->setOption(SOL_SOCKET, SO_SNDBUF, 4096);
    $small->connect('127.0.0.1', $redis->port);
    $value = str_repeat(random_bytes(1024), 5000);
    go(fn () => same(true, $small->sendAll(command('SET', 'large', $value) . command('GET', 'large')) > 5_120_000));
    var_dump(answer($small), answer($small) === $value);

    echo "messages to all\n";
    $channel = new Channel(100);
    for ($n = 0; $n < 50; $n++) {
        go(function () use ($redis, $channel) {
            $socket = new Socket(AF_INET, SOCK_STREAM);
            $socket->connect('127.0.0.1', $redis->port);
            $socket->sendAll(command('SUBSCRIBE', 'news'));
            $channel->push(answer($socket)[0]);
            $channel->push(answer($socket)[2]);
        });
    }
    $seen = [];
    for ($n = 0; $n < 50; $n++) {
        $seen[] = $channel->pop();
    }
    $socket->sendAll(command('PUBLISH', 'news', 'all is well'));
    var_dump(answer($socket));
    for ($n = 0; $n < 50; $n++) {
        $seen[] = $channel->pop();
    }
    echo json_encode(array_count_values($seen)), "\n";

    echo "killed while 50 wait\n";
    for ($n = 0; $n < 50; $n++) {
        go(function () use ($redis, $channel) {
            $socket = new Socket(AF_INET, SOCK_STREAM);
            $socket->connect('127.0.0.1', $redis->port);
            $socket->sendAll(command('PING') . command('BLPOP', 'nothing', '0'));
            $channel->push(answer($socket));
            // The end, or a reset.
            $channel->push(json_encode([(string) $socket->recvLine(), in_array($socket->errCode, [0, SOCKET_ECONNRESET], true)]));
        });
    }
    $seen = [];
    for ($n = 0; $n < 50; $n++) {
        $seen[] = $channel->pop();
    }
    $redis->stop(SIGKILL);
    for ($n = 0; $n < 50; $n++) {
        $seen[] = $channel->pop();
    }
    echo json_encode(array_count_values($seen)), "\n";
    $client = new Client(SWOOLE_SOCK_TCP);
    var_dump($client->connect('127.0.0.1', $redis->port, 30), $client->errCode === SOCKET_ECONNREFUSED);
    // One that did not wait sees it, too.
    var_dump((bool) ($socket->sendAll(command('PING')) && $socket->recvLine()));

    $redis->start();
    var_dump($client->connect('127.0.0.1', $redis->port, 30), $client->send(command('GET', 'large')), $client->recv());
});
$redis->stop();
echo "over\n";
?>
--EXPECT--
keys: 201
a large value through small buffers
string(2) "OK"
bool(true)
messages to all
int(50)
{"subscribe":50,"all is well":50}
killed while 50 wait
{"PONG":50,"[\"\",true]":50}
bool(false)
bool(true)
bool(false)
bool(true)
int(24)
string(5) "$-1
"
over
