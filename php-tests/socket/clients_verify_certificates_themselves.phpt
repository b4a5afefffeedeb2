--TEST--
Coroutine\Client::verifyPeerCert(): a good certificate, a self-signed one, one of an unknown authority; no TLS
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
$ca = certificate('ca');
$good = certificate('good.test', $ca);
$alone = certificate('alone.test');

function ask(string $file, array $settings): void
{
    $server = new Server('127.0.0.1', 0, true);
    $server->set(['ssl_cert_file' => $file, 'ssl_key_file' => $file]);
    $server->handle(function (Connection $connection) {
        $connection->recv();
        $connection->send('bye');
    });
    go(fn () => $server->start());
    $client = new Client(SWOOLE_SOCK_TCP | SWOOLE_SSL);
    $client->set($settings);
    var_dump($client->connect('127.0.0.1', $server->port, 5) ?: $client->errMsg);
    var_dump(str_starts_with($client->getPeerCert(), '-----BEGIN CERTIFICATE-----'));
    echo json_encode([$client->verifyPeerCert(), $client->verifyPeerCert(true)]), "\n";
    $client->send('hello');
    $client->recv(5);
    $client->close();
    $server->shutdown();
}
run(function () use ($ca, $good, $alone) {
    ask($good, ['ssl_verify_peer' => true, 'ssl_host_name' => 'good.test', 'ssl_cafile' => $ca]);
    ask($good, []);
    ask($alone, []);

    $server = new Server('127.0.0.1');
    $client = new Client(SWOOLE_SOCK_TCP);
    $client->connect('127.0.0.1', $server->port, 5);
    var_dump($client->verifyPeerCert(), $client->getPeerCert());
});
?>
--EXPECTF--
bool(true)
bool(true)
[true,true]
bool(true)
bool(true)
[false,false]
bool(true)
bool(true)
[false,true]

Warning: Swoole\Coroutine\Client::verifyPeerCert(): SSL is not ready in %s on line %d

Warning: Swoole\Coroutine\Client::getPeerCert(): SSL is not ready in %s on line %d
bool(false)
bool(false)
