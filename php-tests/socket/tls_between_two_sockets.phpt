--TEST--
TLS: both sides, certificates that are good, of another name, expired, unknown and missing; names of a server; large data
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
use Swoole\Coroutine;
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{go, run};
require __DIR__ . '/certificates.inc';
$ca = certificate('ca');
$good = certificate('good.test', $ca);
$old = certificate('good.test', $ca, 0);
$other = certificate('other.test', $ca);
$client = certificate('client.test', $ca);

/** A server that answers in capitals, once. */
function serve(array $settings): array
{
    $listener = new Socket(AF_INET, SOCK_STREAM);
    $listener->bind('127.0.0.1');
    $listener->listen();
    $listener->setProtocol(['open_ssl' => true] + $settings);
    $done = go(function () use ($listener) {
        $connection = $listener->accept();
        if (!$connection || !$connection->sslHandshake()) {
            return;
        }
        $connection->setProtocol(['open_eof_split' => true, 'package_eof' => "\n", 'package_max_length' => 1 << 23]);
        while ($line = $connection->recvPacket()) {
            $connection->sendAll(strtoupper($line));
        }
    });
    return [$listener->getsockname()['port'], $done, $listener];
}
function talk(array $server, array $client, string $host = '127.0.0.1'): string
{
    [$port, $done, $listener] = serve($server);
    $socket = new Socket(AF_INET, SOCK_STREAM);
    $socket->setProtocol($client + ['open_ssl' => true, 'ssl_verify_peer' => true, 'ssl_host_name' => 'good.test']);
    if (!$socket->connect($host, $port, 5)) {
        $result = "$socket->errCode $socket->errMsg";
    } else {
        // In the newer versions of TLS the server looks at its client's certificate when the client believes to be done.
        $result = $socket->sendAll("hello\n") ? rtrim($socket->recvLine()) : '';
        $result = $result !== '' ? $result : 'closed';
    }
    // Without a connection it would wait for one.
    $socket->errCode === SWOOLE_ERROR_SSL_CREATE_CONTEXT_FAILED && $listener->close();
    $socket->close();
    Coroutine::join([$done], 5);
    return $result;
}
run(function () use ($ca, $good, $old, $other, $client) {
    $trust = ['ssl_cafile' => $ca];
    $own = fn (string $file) => ['ssl_cert_file' => $file, 'ssl_key_file' => $file];
    echo 'good: ', talk($own($good), $trust), "\n";
    echo 'by folder: ', talk($own($good), ['ssl_capath' => dirname($ca)]), "\n";
    echo 'another name: ', talk($own($other), $trust), "\n";
    echo 'expired: ', talk($own($old), $trust), "\n";
    echo 'unknown: ', talk($own($good), []), "\n";
    echo 'nobody looks: ', talk($own($old), ['ssl_verify_peer' => false]), "\n";
    $strict = $own($good) + ['ssl_verify_peer' => true, 'ssl_client_cert_file' => $ca];
    echo 'no certificate of the client: ', talk($strict, $trust), "\n";
    echo 'one: ', talk($strict, $trust + $own($client)), "\n";
    echo 'versions: ', talk($own($good) + ['ssl_protocols' => SWOOLE_SSL_TLSv1_2], $trust + ['ssl_protocols' => SWOOLE_SSL_TLSv1_3]), "\n";
    echo 'names: ', talk($own($other) + ['ssl_sni_certs' => ['good.test' => $own($good)]], $trust), "\n";
    // The name that connect() gets counts when no other is given.
    echo 'the name of the machine: ', talk($own(certificate('localhost', $ca)), $trust + ['ssl_host_name' => ''], 'localhost'), "\n";
    echo 'not its name: ', talk($own($good), $trust + ['ssl_host_name' => ''], 'localhost'), "\n";
    echo 'files: ', str_replace(dirname($ca), '', talk($own($good), ['ssl_cafile' => dirname($ca) . '/missing'])), "\n";

    echo "settings without sense make no connection\n";
    $listener = new Socket(AF_INET, SOCK_STREAM);
    $listener->bind('127.0.0.1');
    $listener->listen();
    $socket = new Socket(AF_INET, SOCK_STREAM);
    $socket->setProtocol(['open_ssl' => true, 'ssl_cert_file' => $ca . '.missing']);
    var_dump(@$socket->connect('127.0.0.1', $listener->getsockname()['port']), $socket->errCode, $socket->send('plaintext'), $socket->errCode === SOCKET_ENOTCONN || $socket->errCode === SOCKET_EPIPE);
    var_dump($listener->accept(0.01));
    $socket->setProtocol(['open_ssl' => true]);
    $listener->close();
    var_dump($socket->connect('127.0.0.1', 1), $socket->errCode === SOCKET_ECONNREFUSED, $socket->sslHandshake());

    echo "the protocol inside\n";
    [$port] = serve($own($good) + ['ssl_alpn_protocols' => ['h2', 'http/1.1']]);
    $socket = new Socket(AF_INET, SOCK_STREAM);
    var_dump($socket->getAlpnProtocol());
    $socket->setProtocol(['open_ssl' => true, 'ssl_alpn_protocols' => 'http/1.1, other']);
    $socket->connect('127.0.0.1', $port);
    var_dump($socket->getAlpnProtocol(), (new ReflectionClass($socket))->hasMethod('getAlpnProtocol'));
    $socket->close();

    echo "large data, in both directions at a time, and a file\n";
    [$port] = serve($own($good));
    $socket = new Socket(AF_INET, SOCK_STREAM);
    $socket->setProtocol(['open_ssl' => true, 'ssl_verify_peer' => true, 'ssl_host_name' => 'good.test'] + $trust);
    $socket->connect('127.0.0.1', $port);
    $lines = array_map(fn (int $n) => str_repeat('abcdefghij', 20_000 + $n) . "\n", range(1, 10));
    go(function () use ($socket, $lines) {
        foreach ($lines as $n => $line) {
            $n % 2 ? $socket->sendAll($line) : $socket->writeVectorAll(str_split($line, 1000));
        }
    });
    var_dump($socket->recvAll(strlen(implode($lines))) === strtoupper(implode($lines)));
    $file = "$ca.txt";
    file_put_contents($file, $lines[0] . $lines[1]);
    go(fn () => var_dump($socket->sendFile($file, 0, strlen($lines[0]))));
    var_dump($socket->recvAll(strlen($lines[0])) === strtoupper($lines[0]));
    var_dump($socket->checkLiveness(), $socket->sslHandshake(), $socket->errMsg);
    var_dump($socket->recv(10, 0.01), $socket->errCode === SOCKET_ETIMEDOUT);
    echo "nothing goes past the session\n";
    var_dump($socket->sendto('127.0.0.1', $port, "plaintext\n"), $socket->errCode === SOCKET_EISCONN);
    $socket->sendAll("to you\n");
    var_dump($socket->recvfrom($peer, 5));

    echo "who does not answer\n";
    $silent = new Socket(AF_INET, SOCK_STREAM);
    $silent->bind('127.0.0.1');
    $silent->listen();
    $socket = new Socket(AF_INET, SOCK_STREAM);
    $socket->setProtocol(['open_ssl' => true]);
    var_dump($socket->connect('127.0.0.1', $silent->getsockname()['port'], 0.02), $socket->errCode === SOCKET_ETIMEDOUT);
    $accepted = $silent->accept();
    var_dump($accepted->sslHandshake());
    echo "while another coroutine waits for room\n";
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $a->setProtocol(['open_ssl' => true]);
    $sender = go(fn () => var_dump($a->sendAll(str_repeat('x', 1_000_000))));
    try {
        $a->sslHandshake();
    } catch (Swoole\Error $e) {
        echo preg_replace('/\d+/', 'N', $e->getMessage()), "\n";
    }
    var_dump(strlen($b->recvAll(1_000_000)));
    Coroutine::join([$sender]);
    $plain = new Socket(AF_INET, SOCK_STREAM);
    $plain->setProtocol(['open_ssl' => true]);
    var_dump($plain->sslHandshake(), $plain->errMsg);
});
?>
--EXPECTF--
good: HELLO
by folder: HELLO
another name: 1014 SSL certificate verification failed: hostname mismatch
expired: 1014 SSL certificate verification failed: certificate has expired
unknown: 1014 SSL certificate verification failed: unable to get local issuer certificate
nobody looks: HELLO
no certificate of the client: closed
one: HELLO
versions: 1018 SSL handshake failed: %s
names: HELLO
the name of the machine: HELLO
not its name: 1014 SSL certificate verification failed: hostname mismatch
files: 
Warning: Swoole\Coroutine\Socket::connect(): ssl_cafile, ssl_capath: %s in %s on line %d
1019 ssl_cafile, ssl_capath: %s
settings without sense make no connection
bool(false)
int(1019)
bool(false)
bool(true)
bool(false)
bool(false)
bool(true)
bool(false)
the protocol inside
bool(false)
string(8) "http/1.1"
bool(false)
large data, in both directions at a time, and a file
bool(true)
bool(true)
bool(true)
bool(true)
bool(false)
string(39) "Transport endpoint is already connected"
bool(false)
bool(true)
nothing goes past the session
bool(false)
bool(true)
string(7) "TO YOU
"
who does not answer
bool(false)
bool(true)

Warning: Swoole\Coroutine\Socket::sslHandshake(): call setProtocol() with 'open_ssl' => true first in %s on line %d
bool(false)
while another coroutine waits for room
Socket#N has already been bound to another coroutine#N, writing of the same socket in coroutine#N at the same time is not allowed
int(1000000)
int(1000000)
bool(false)
string(11) "Broken pipe"
