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
        if (!$connection->sslHandshake()) {
            return;
        }
        $connection->setProtocol(['open_eof_split' => true, 'package_eof' => "\n", 'package_max_length' => 1 << 23]);
        while ($line = $connection->recvPacket()) {
            $connection->sendAll(strtoupper($line));
        }
    });
    return [$listener->getsockname()['port'], $done];
}
function talk(array $server, array $client): string
{
    [$port, $done] = serve($server);
    $socket = new Socket(AF_INET, SOCK_STREAM);
    $socket->setProtocol($client + ['open_ssl' => true, 'ssl_verify_peer' => true, 'ssl_host_name' => 'good.test']);
    if (!$socket->connect('127.0.0.1', $port, 5)) {
        $result = "$socket->errCode $socket->errMsg";
    } else {
        // In the newer versions of TLS the server looks at its client's certificate when the client believes to be done.
        $result = $socket->sendAll("hello\n") ? rtrim($socket->recvLine()) : '';
        $result = $result !== '' ? $result : 'closed';
    }
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
    echo 'files: ', str_replace(dirname($ca), '', talk($own($good), ['ssl_cafile' => dirname($ca) . '/missing'])), "\n";

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

    echo "who does not answer\n";
    $silent = new Socket(AF_INET, SOCK_STREAM);
    $silent->bind('127.0.0.1');
    $silent->listen();
    $socket = new Socket(AF_INET, SOCK_STREAM);
    $socket->setProtocol(['open_ssl' => true]);
    var_dump($socket->connect('127.0.0.1', $silent->getsockname()['port'], 0.02), $socket->errCode === SOCKET_ETIMEDOUT);
    $accepted = $silent->accept();
    var_dump($accepted->sslHandshake());
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
files: 
Warning: Swoole\Coroutine\Socket::connect(): ssl_cafile, ssl_capath: %s in %s on line %d
1019 ssl_cafile, ssl_capath: %s
large data, in both directions at a time, and a file
bool(true)
bool(true)
bool(true)
bool(true)
bool(false)
string(39) "Transport endpoint is already connected"
bool(false)
bool(true)
who does not answer
bool(false)
bool(true)

Warning: Swoole\Coroutine\Socket::sslHandshake(): call setProtocol() with 'open_ssl' => true first in %s on line %d
bool(false)
bool(false)
string(11) "Broken pipe"
