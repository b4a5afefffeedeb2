--TEST--
dns_server: names are asked of this server, by datagrams and streams; what it cannot tell, and what it does not answer; the cache
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\{Socket, System};
use function Swoole\Coroutine\{go, run};

function name(string $name): string
{
    return implode(array_map(fn ($label) => chr(strlen($label)) . $label, explode('.', $name))) . "\0";
}
/** The answer of our server, and which name was asked for. */
function answer(string $query, array &$asked, bool $by_stream = false): ?string
{
    for ($at = 12, $labels = []; ($len = ord($query[$at])) > 0; $at += $len + 1) {
        $labels[] = substr($query, $at + 1, $len);
    }
    $name = implode('.', $labels);
    ['type' => $type] = unpack('ntype', $query, $at + 1);
    $asked[] = "$name $type";
    $question = substr($query, 12, $at + 5 - 12);
    $record = fn (int $type, string $data, string $name = "\xc0\x0c") => $name . pack('nnNn', $type, 1, 60, strlen($data)) . $data;
    $flags = 0x8180;
    $records = match (true) {
        $name === 'one.test' && $type === 1 => [$record(1, inet_pton('192.0.2.1'))],
        $name === 'one.test' && $type === 28 => [$record(28, inet_pton('2001:db8::1'))],
        $name === 'alias.test' => [$record(5, name('target.test')), $record(1, inet_pton('192.0.2.2'), name('target.test'))],
        $name === 'many.test' => array_map(fn ($n) => $record(1, inet_pton("192.0.2.$n")), $by_stream ? range(10, 250) : range(1, 5)),
        default => [],
    };
    match ($name) {
        'many.test' => $by_stream || $flags |= 0x0200,
        'broken.test' => $flags |= 2,
        'none.test' => $flags |= 3,
        default => null,
    };
    if ($name === 'silent.test') {
        return null;
    }
    return substr($query, 0, 2) . pack('nnnnn', $flags, 1, count($records), 0, 0) . $question . implode($records);
}

run(function () {
    $asked = [];
    // The same port for both: another program may have it for one of them.
    do {
        $server = new Socket(AF_INET, SOCK_DGRAM);
        $server->bind('127.0.0.1');
        $port = $server->getsockname()['port'];
        $streams = new Socket(AF_INET, SOCK_STREAM);
    } while (!$streams->bind('127.0.0.1', $port));
    $streams->listen();
    go(function () use ($server, &$asked) {
        while (($query = $server->recvfrom($peer)) !== false) {
            // An answer to another question, and to another asker, are not meant.
            $server->sendto($peer['address'], $peer['port'], chr(ord($query[0]) ^ 1) . substr($query, 1));
            $reply = answer($query, $asked);
            $reply === null || $server->sendto($peer['address'], $peer['port'], $reply);
        }
    });
    go(function () use ($streams, &$asked) {
        while ($connection = $streams->accept()) {
            $query = $connection->recvAll(unpack('n', $connection->recvAll(2))[1]);
            $reply = answer($query, $asked, true);
            // In parts.
            foreach (str_split(pack('n', strlen($reply)) . $reply, 1000) as $part) {
                $connection->sendAll($part);
            }
        }
    });
    Coroutine::set(['dns_server' => "127.0.0.1:$port"]);
    var_dump(System::gethostbyname('one.test'), System::dnsLookup('one.test', 5, AF_INET6), swoole_async_dns_lookup_coro('alias.test'));
    echo "through a stream: ", System::gethostbyname('many.test.'), "\n";
    foreach (['none.test', 'broken.test', 'one.test.invalid'] as $name) {
        var_dump(System::gethostbyname($name), swoole_last_error() === SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED);
    }
    var_dump(System::gethostbyname('silent.test', AF_INET, 0.05), swoole_last_error() === SWOOLE_ERROR_DNSLOOKUP_RESOLVE_TIMEOUT);
    echo "those of /etc/hosts are not asked for: ", System::gethostbyname('localhost'), ' ', System::dnsLookup('192.0.2.77'), "\n";
    echo json_encode(array_values(array_unique($asked))), "\n";

    echo "the cache\n";
    $times = function (string ...$names) use (&$asked): int {
        $asked = [];
        array_map(System::gethostbyname(...), $names);
        return count($asked);
    };
    var_dump($times('one.test', 'ONE.test'));
    swoole_clear_dns_cache();
    var_dump($times('one.test', 'one.test'));
    swoole_async_set(['disable_dns_cache' => true]);
    var_dump($times('one.test', 'one.test'));
    swoole_async_set(['disable_dns_cache' => false]);
    var_dump($times('one.test', 'one.test'));

    echo "any address\n";
    swoole_async_set(['dns_lookup_random' => true]);
    $seen = [];
    for ($i = 0; $i < 20; $i++) {
        swoole_clear_dns_cache();
        $seen[System::gethostbyname('many.test')] = true;
    }
    var_dump(count($seen) > 1);

    echo "sockets ask it, too\n";
    $socket = new Socket(AF_INET, SOCK_DGRAM);
    $asked = [];
    var_dump($socket->connect('alias.test', 9), $socket->getpeername()['address'], $asked);

    echo "no server is there\n";
    $server->close();
    $streams->close();
    var_dump(System::gethostbyname('other.test'), swoole_last_error() === SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED);
    echo "what is no server\n";
    Coroutine::set(['dns_server' => 'example.com']);
    Coroutine::set(['dns_server' => '']);
    var_dump(System::gethostbyname('localhost'));
});
try {
    swoole_async_dns_lookup_coro('one.test');
} catch (Swoole\Error $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECTF--
string(9) "192.0.2.1"
string(11) "2001:db8::1"
string(9) "192.0.2.2"
through a stream: 192.0.2.10
bool(false)
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
those of /etc/hosts are not asked for: 127.0.0.1 192.0.2.77
["one.test 1","one.test 28","alias.test 1","many.test 1","none.test 1","broken.test 1","one.test.invalid 1","silent.test 1"]
the cache
int(0)
int(1)
int(2)
int(1)
any address
bool(true)
sockets ask it, too
bool(true)
string(9) "192.0.2.2"
array(1) {
  [0]=>
  string(12) "alias.test 1"
}
no server is there
bool(false)
bool(true)
what is no server

Warning: Swoole\Coroutine::set(): dns_server must be an IP address, with a port or without in %s on line %d
string(9) "127.0.0.1"
API must be called in the coroutine
