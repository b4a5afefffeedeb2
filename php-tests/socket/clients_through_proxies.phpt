--TEST--
Coroutine\Client through proxies: SOCKS 5 and HTTP, with and without a user, TLS behind them; refusals, slow ones and silent ones
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
use Swoole\Coroutine\{Client, Server, Socket};
use Swoole\Coroutine\Server\Connection;
use function Swoole\Coroutine\{go, run};
require __DIR__ . '/certificates.inc';
$ca = certificate('ca');
$good = certificate('good.test', $ca);

/** Starts a server that does this with each connection: its port. */
function serve(callable $handle, array $settings = []): int
{
    global $servers;
    $servers[] = $server = new Server('127.0.0.1');
    $server->set($settings);
    $server->handle(function (Connection $connection) use ($handle) {
        $handle($connection->exportSocket());
        $connection->close();
    });
    go(fn () => $server->start());
    return $server->port;
}
/** Carries what two sockets say, until one is silent. */
function carry(Socket $a, int $port): void
{
    $b = new Socket(AF_INET, SOCK_STREAM);
    $b->connect('127.0.0.1', $port);
    go(function () use ($a, $b) {
        while (($data = $b->recv()) != '') {
            $a->sendAll($data);
        }
        $a->shutdown();
    });
    while (($data = $a->recv()) != '') {
        $b->sendAll($data);
    }
    $b->shutdown();
}
/** Byte by byte. */
function slowly(Socket $socket, string $text): void
{
    foreach (str_split($text) as $byte) {
        $socket->sendAll($byte);
        Swoole\Coroutine::sleep(0.001);
    }
}
run(function () use ($ca, $good) {
    global $servers;
    $greeting = fn (Socket $socket) => $socket->sendAll("hello\n") && $socket->recvLine();
    $plain = serve($greeting);
    $secure = serve($greeting, ['open_ssl' => true, 'ssl_cert_file' => $good, 'ssl_key_file' => $good]);

    $socks = serve(function (Socket $socket) use ($plain, $secure) {
        if (strlen($head = (string) $socket->recvAll(2)) < 2) {
            return;
        }
        $methods = $socket->recvAll(ord($head[1]));
        if (str_contains($methods, "\x02")) {
            slowly($socket, "\x05\x02");
            $user = $socket->recvAll(ord($socket->recvAll(2)[1]));
            $password = $socket->recvAll(ord($socket->recvAll(1)));
            slowly($socket, "\x01" . ("$user $password" === 'me secret' ? "\0" : "\x01"));
        } else {
            slowly($socket, "\x05\0");
        }
        if (strlen($head = (string) $socket->recvAll(5)) < 5) {
            return;
        }
        $host = substr($socket->recvAll(ord($head[4]) + 2), 0, -2);
        if ($host === 'refused.test') {
            return slowly($socket, "\x05\x05\0\x01\0\0\0\0\0\0");
        }
        // What the server says may come with it.
        slowly($socket, "\x05\0\0\x03\x04here\0\x50");
        carry($socket, $host === 'good.test' ? $secure : $plain);
    });
    $http = serve(function (Socket $socket) use ($plain, $secure) {
        for ($text = ''; !str_ends_with($text, "\r\n\r\n"); $text .= $socket->recv(1));
        [$line, $host] = explode("\r\n", $text);
        if (str_contains($text, 'Basic') && !str_contains($text, base64_encode('me:secret'))) {
            return slowly($socket, "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
        }
        if (str_contains($line, 'refused.test')) {
            return slowly($socket, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
        }
        slowly($socket, "HTTP/1.1 200 OK\r\nVia: us\r\n\r\n");
        carry($socket, $line === 'CONNECT good.test:443 HTTP/1.1' ? $secure : $plain);
    });
    $talk = function (array $settings, string $host, bool $tls = false) use ($ca): string {
        $client = new Client(SWOOLE_SOCK_TCP | ($tls ? SWOOLE_SSL : 0));
        $client->set($settings + ['timeout' => 5, 'open_eof_split' => true, 'package_eof' => "\n", 'ssl_verify_peer' => true, 'ssl_cafile' => $ca]);
        if (!$client->connect($host, $tls ? 443 : 80)) {
            return trim("$client->errCode $client->errMsg");
        }
        $line = rtrim($client->recv());
        $client->send("bye\n");
        $client->close();
        return $line;
    };
    $proxies = [
        'socks5' => fn (array $login = []) => ['socks5_host' => '127.0.0.1', 'socks5_port' => $socks] + array_combine(array_map(fn ($key) => "socks5_$key", array_keys($login)), $login),
        'http' => fn (array $login = []) => ['http_proxy_host' => '127.0.0.1', 'http_proxy_port' => $http] + array_combine(array_map(fn ($key) => "http_proxy_$key", array_keys($login)), $login),
    ];
    foreach ($proxies as $name => $proxy) {
        echo "$name: ", $talk($proxy(), 'plain.test'), "\n";
        echo "a user: ", $talk($proxy(['username' => 'me', 'password' => 'secret']), 'plain.test'), "\n";
        echo "another one: ", $talk($proxy(['username' => 'me', 'password' => 'wrong']), 'plain.test'), "\n";
        echo "TLS: ", $talk($proxy(), 'good.test', true), "\n";
        echo "TLS of another name: ", $talk($proxy() + ['ssl_host_name' => 'other.test'], 'good.test', true), "\n";
        echo "refused: ", $talk($proxy(), 'refused.test'), "\n";
    }
    $text = serve(fn (Socket $socket) => $socket->sendAll("SSH-2.0-something\r\n\r\n") && $socket->recv());
    echo "no proxy: ", $talk(['socks5_host' => '127.0.0.1', 'socks5_port' => $text], 'plain.test'), "\n";
    echo "no proxy: ", $talk(['http_proxy_host' => '127.0.0.1', 'http_proxy_port' => $text], 'plain.test'), "\n";
    $closes = serve(fn (Socket $socket) => $socket->recv(1));
    echo "it goes away: ", $talk(['http_proxy_host' => '127.0.0.1', 'http_proxy_port' => $closes], 'plain.test'), "\n";
    $silent = serve(fn (Socket $socket) => $socket->recvAll(1 << 20));
    echo "it says nothing: ", $talk(['socks5_host' => '127.0.0.1', 'socks5_port' => $silent, 'connect_timeout' => 0.02], 'plain.test'), "\n";
    echo "a name that is too long: ", $talk($proxies['socks5'](), str_repeat('x', 300)), "\n";
    echo "no port: ", $talk(['socks5_host' => '127.0.0.1'], 'plain.test'), "\n";
    array_map(fn (Server $server) => $server->shutdown(), $servers);
});
?>
--EXPECTF--
socks5: hello
a user: hello
another one: 7003 the proxy does not know this user
TLS: hello
TLS of another name: 1014 SSL certificate verification failed: hostname mismatch
refused: 7004 the proxy cannot connect, with code 5
http: hello
a user: hello
another one: 7101 the proxy does not know this user
TLS: hello
TLS of another name: 1014 SSL certificate verification failed: hostname mismatch
refused: 7101 the proxy has refused to connect, with status 502
no proxy: 7001 the proxy does not speak SOCKS 5
no proxy: 7101 the proxy does not speak HTTP
it goes away: 104 Connection reset by peer
it says nothing: 110 Connection timed out
a name that is too long: 7004 a name, user or password is longer than SOCKS allows
no port: 
Warning: Swoole\Coroutine\Client::connect(): socks5_port should not be null in %s on line %d
0
