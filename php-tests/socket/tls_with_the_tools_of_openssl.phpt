--TEST--
TLS with `openssl s_server` and `openssl s_client`: they understand each other; wrong names, expired, unknown and missing certificates are refused
--EXTENSIONS--
openssl
--SKIPIF--
<?php
ob_start();
(new ReflectionExtension('swoole_process'))->info();
if (str_contains(ob_get_clean(), 'built without OpenSSL')) {
    die('skip built without OpenSSL');
}
exec('openssl version 2>&1', $lines, $status);
if ($status !== 0) {
    die('skip no program openssl');
}
?>
--FILE--
<?php
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\run;
require __DIR__ . '/certificates.inc';
$ca = certificate('ca');
$good = certificate('good.test', $ca);
$old = certificate('good.test', $ca, 0);
$other = certificate('other.test', $ca);
$client = certificate('client.test', $ca);

/** A socket and the program at its other side, `openssl s_server`, which sends lines back, reversed. */
function ask(string $certificate, array $options, array $settings): string
{
    $command = ['openssl', 's_server', '-accept', '127.0.0.1:0', '-cert', $certificate, '-rev', '-naccept', '1', ...$options];
    $server = proc_open($command, [['file', '/dev/null', 'r'], ['pipe', 'w'], ['redirect', 1]], $pipes);
    do {
        $line = fgets($pipes[1]);
    } while ($line !== false && !preg_match('/^ACCEPT \S+:(\d+)$/', $line, $m));
    $socket = new Socket(AF_INET, SOCK_STREAM);
    $socket->setProtocol($settings + ['open_ssl' => true, 'ssl_verify_peer' => true, 'ssl_host_name' => 'good.test']);
    if (!$socket->connect('127.0.0.1', (int) $m[1], 30)) {
        $result = "$socket->errCode $socket->errMsg";
    } else {
        $socket->sendAll("hello\n");
        $line = $socket->recvLine(100, 30);
        $result = $line === false ? "$socket->errCode $socket->errMsg" : rtrim($line);
    }
    $socket->close();
    proc_terminate($server, SIGKILL);
    proc_close($server);
    return $result;
}

/** What a server tells of `openssl s_client`, and what that one has got. */
function answer(array $settings, array $options): string
{
    $listener = new Socket(AF_INET, SOCK_STREAM);
    $listener->bind('127.0.0.1');
    $listener->listen();
    $listener->setProtocol($settings + ['open_ssl' => true]);
    $command = ['openssl', 's_client', '-connect', '127.0.0.1:' . $listener->getsockname()['port'], '-quiet', '-verify_return_error', ...$options];
    $program = proc_open($command, [['pipe', 'r'], ['pipe', 'w'], ['file', '/dev/null', 'w']], $pipes);
    fwrite($pipes[0], "hello\n");
    $socket = $listener->accept(30);
    $socket->setOption(SOL_SOCKET, SO_RCVTIMEO, ['sec' => 30, 'usec' => 0]);
    if ($socket->sslHandshake()) {
        $result = 'heard ' . rtrim($socket->recvLine());
        $socket->sendAll("goodbye\n");
    } else {
        $result = "$socket->errCode $socket->errMsg";
    }
    $socket->close();
    $got = rtrim(stream_get_contents($pipes[1]));
    proc_close($program);
    return $result . ($got === '' ? '' : ", said $got");
}
run(function () use ($ca, $good, $old, $other, $client) {
    $trust = ['ssl_cafile' => $ca];
    $own = fn (string $file) => ['ssl_cert_file' => $file, 'ssl_key_file' => $file];
    echo "against s_server\n";
    foreach (['-tls1_2', '-tls1_3'] as $version) {
        echo "good: ", ask($good, [$version], $trust), "\n";
    }
    echo 'another name: ', ask($other, [], $trust), "\n";
    echo 'no such name, but an address: ', ask($good, [], ['ssl_host_name' => '127.0.0.1'] + $trust), "\n";
    echo 'expired: ', ask($old, [], $trust), "\n";
    echo 'unknown: ', ask($good, [], []), "\n";
    echo 'signed by no authority: ', ask($good, [], ['ssl_cafile' => $good]), "\n";
    $strict = ['-Verify', '1', '-verify_return_error', '-CAfile', $ca];
    echo 'no certificate of ours: ', ask($good, ['-tls1_2', ...$strict], $trust), "\n";
    echo 'the same, later: ', ask($good, ['-tls1_3', ...$strict], $trust), "\n";
    echo 'ours: ', ask($good, $strict, $trust + $own($client)), "\n";
    echo 'protocols inside: ', ask($good, ['-alpn', 'one,two'], $trust + ['ssl_alpn_protocols' => ['two']]), "\n";
    echo 'no common version: ', ask($good, ['-tls1_2'], $trust + ['ssl_protocols' => SWOOLE_SSL_TLSv1_3]), "\n";

    echo "against s_client\n";
    $believes = ['-CAfile', $ca, '-verify_hostname', 'good.test'];
    foreach (['-tls1_2', '-tls1_3'] as $version) {
        echo 'good: ', answer($own($good), [$version, ...$believes]), "\n";
    }
    echo 'another name: ', answer($own($other), $believes), "\n";
    echo 'expired: ', answer($own($old), $believes), "\n";
    echo 'unknown: ', answer($own($good), []), "\n";
    echo 'by name: ', answer($own($other) + ['ssl_sni_certs' => ['good.test' => $own($good)]], ['-servername', 'good.test', ...$believes]), "\n";
    $strict = $own($good) + $trust + ['ssl_verify_peer' => true];
    echo 'no certificate: ', answer($strict, $believes), "\n";
    echo 'an expired one: ', answer($strict, ['-cert', $old, '-key', $old, ...$believes]), "\n";
    echo 'one: ', answer($strict, ['-cert', $client, '-key', $client, ...$believes]), "\n";
    echo 'no common version: ', answer($own($good) + ['ssl_protocols' => SWOOLE_SSL_TLSv1_3], ['-tls1_2', ...$believes]), "\n";
});
?>
--EXPECTF--
against s_server
good: olleh
good: olleh
another name: 1014 SSL certificate verification failed: hostname mismatch
no such name, but an address: 1014 SSL certificate verification failed: IP address mismatch
expired: 1014 SSL certificate verification failed: certificate has expired
unknown: 1014 SSL certificate verification failed: unable to get local issuer certificate
signed by no authority: 1014 SSL certificate verification failed: unable to get local issuer certificate
no certificate of ours: 1018 SSL handshake failed: %s
the same, later: 71 Protocol error
ours: olleh
protocols inside: olleh
no common version: 1018 SSL handshake failed: %s
against s_client
good: heard hello, said goodbye
good: heard hello, said goodbye
another name: 1018 SSL handshake failed: %s
expired: 1018 SSL handshake failed: %s
unknown: 1018 SSL handshake failed: %s
by name: heard hello, said goodbye
no certificate: 1018 SSL handshake failed: %s
an expired one: 1014 SSL certificate verification failed: certificate has expired
one: heard hello, said goodbye
no common version: 1018 SSL handshake failed: %s
