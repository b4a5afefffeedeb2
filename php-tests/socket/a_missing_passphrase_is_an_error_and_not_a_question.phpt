--TEST--
TLS: a key whose passphrase is missing is an error; OpenSSL does not ask for it on standard input, which would block
--EXTENSIONS--
openssl
posix
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
use Swoole\Coroutine\Socket;
use Swoole\Process;
use function Swoole\Coroutine\{go, run};
require __DIR__ . '/certificates.inc';
$file = certificate('locked.test');
openssl_pkey_export(openssl_pkey_get_private("file://$file"), $locked, "with a \0 inside", ['config' => dirname($file) . '/openssl.cnf']);
file_put_contents("$file.key", $locked);

// Standard input of the child is a pipe in which nothing ever arrives.
$child = new Process(function () use ($file) {
    // Only a fence: a child that asks for a passphrase waits for ever.
    Process::alarm(60_000_000);
    posix_setsid();
    run(function () use ($file) {
        foreach ([[], ['ssl_passphrase' => 'wrong'], ['ssl_passphrase' => "with a \0 inside"]] as $settings) {
            $server = new Socket(AF_INET, SOCK_STREAM, 0);
            $server->setProtocol(['open_ssl' => true, 'ssl_cert_file' => $file, 'ssl_key_file' => "$file.key"] + $settings);
            $server->bind('127.0.0.1', 0);
            $server->listen();
            go(function () use ($server) {
                $client = new Socket(AF_INET, SOCK_STREAM, 0);
                $client->setProtocol(['open_ssl' => true]);
                $client->connect('127.0.0.1', $server->getsockname()['port']);
                $client->sslHandshake();
            });
            $connection = $server->accept();
            echo @$connection->sslHandshake() ? 'a session' : str_replace($file, 'FILE', $connection->errMsg), "\n";
            $connection->close();
        }
    });
}, true, SOCK_STREAM);
$child->start();
while (($text = $child->read()) != '') {
    echo $text;
}
$end = Process::wait();
echo "status $end[code], signal $end[signal]\n";
?>
--EXPECT--
FILE.key: the key needs ssl_passphrase
FILE.key: bad decrypt
a session
status 0, signal 0
