--TEST--
nginx with TLS: certificates and names, many requests on a connection, large bodies both ways, versions, and ends of all kinds
--EXTENSIONS--
openssl
--SKIPIF--
<?php require __DIR__ . '/skip.inc'; ?>
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\{Client, Socket};
use function Swoole\Coroutine\{go, run};
require __DIR__ . '/support.inc';
require __DIR__ . '/../socket/certificates.inc';
$ca = certificate('ca');
[$good, $other, $old, $own] = [certificate('good.test', $ca), certificate('other.test', $ca), certificate('old.test', $ca, 0), certificate('client.test', $ca)];

/** The status, the headers and the body of the next answer. */
function answer(Socket $socket): array
{
    // Each of the two characters at its end ends a line.
    $line = fn () => rtrim($socket->recvLine(1000, 30) . $socket->recvLine(1000, 30));
    if (($status = $line()) === '') {
        return [$status, [], $socket->errCode];
    }
    $headers = [];
    while (($text = $line()) !== '') {
        [$name, $value] = explode(': ', $text, 2);
        $headers[strtolower($name)] = $value;
    }
    $length = (int) ($headers['content-length'] ?? 0);
    return [$status, $headers, $length ? $socket->recvAll($length, 30) : ''];
}
function request(string $line, string $more = '', string $host = 'good.test'): string
{
    return "$line HTTP/1.1\r\nHost: $host\r\n$more\r\n";
}

$tls = fn (string $name, string $file) => "server { listen \$PORT ssl; server_name $name; root \$FOLDER; ssl_protocols TLSv1.2 TLSv1.3;
    ssl_certificate $file; ssl_certificate_key $file; keepalive_requests 100000; client_max_body_size 100m;
    location = / { return 200 \"this is $name\"; }
    location = /close { return 444; }
    location /up { dav_methods PUT DELETE; client_body_temp_path \$FOLDER/up; }
    location = /whoami { return 200 \"\$ssl_client_verify \$ssl_protocol \$ssl_server_name\"; }
    ssl_verify_client optional; ssl_client_certificate $ca; }\n";
$nginx = Peer::nginx($tls('good.test', $good) . $tls('other.test', $other) . $tls('old.test', $old));
run(function () use ($nginx, $ca, $own) {
    $open = function (string $name, array $settings = []) use ($nginx, $ca): Socket|string {
        $socket = new Socket(AF_INET, SOCK_STREAM);
        $socket->setProtocol($settings + ['open_ssl' => true, 'ssl_verify_peer' => true, 'ssl_cafile' => $ca, 'ssl_host_name' => $name]);
        return $socket->connect('127.0.0.1', $nginx->port, 30) ? $socket : "$socket->errCode $socket->errMsg";
    };
    echo "names and certificates\n";
    foreach (['good.test', 'other.test', 'old.test', 'unknown.test'] as $name) {
        $socket = $open($name);
        if ($socket instanceof Socket) {
            $socket->sendAll(request('GET /', host: $name));
            $socket = answer($socket)[2];
        }
        $client = new Client(SWOOLE_SOCK_TCP | SWOOLE_SSL);
        $client->set(['ssl_verify_peer' => true, 'ssl_cafile' => $ca, 'ssl_host_name' => $name, 'timeout' => 30, 'open_eof_check' => true, 'package_eof' => '.test']);
        if ($client->connect('127.0.0.1', $nginx->port)) {
            $client->send(request('GET /', host: $name));
            $through = strstr($client->recv(), "\r\n", true);
        } else {
            $through = $client->errCode;
        }
        echo "$name: $socket, client: $through\n";
    }
    echo 'nobody vouches: ', $open('good.test', ['ssl_cafile' => '']), "\n";
    foreach (['without' => [], 'with' => ['ssl_cert_file' => $own, 'ssl_protocols' => SWOOLE_SSL_TLSv1_2]] as $word => $settings) {
        $socket = $open('good.test', $settings);
        $socket->sendAll(request('GET /whoami'));
        echo "$word a certificate of our own: ", answer($socket)[2], "\n";
    }

    echo "many requests on one connection\n";
    $socket = $open('good.test');
    $ok = 0;
    for ($i = 0; $i < 300; $i++) {
        $socket->sendAll(request('GET /'));
        $ok += (int) (answer($socket)[2] === 'this is good.test');
    }
    // And all at once.
    go(fn () => $socket->sendAll(str_repeat(request('GET /'), 300)));
    for ($i = 0; $i < 300; $i++) {
        $ok += (int) (answer($socket)[2] === 'this is good.test');
    }
    var_dump($ok);

    echo "large bodies, several at a time\n";
    $done = [];
    for ($n = 1; $n <= 4; $n++) {
        $done[] = go(function () use ($n, $open, $nginx) {
            $socket = $open('good.test');
            $body = str_repeat(random_bytes(1000), 2000 * $n);
            $socket->sendAll(request("PUT /up/$n", 'Content-Length: ' . strlen($body) . "\r\n"));
            $socket->sendAll($body);
            [$status] = answer($socket);
            $same = file_get_contents("$nginx->folder/up/$n") === $body;
            // By sendFile, too.
            $socket->sendAll(request("PUT /up/again$n", 'Content-Length: ' . strlen($body) . "\r\n"));
            $socket->sendFile("$nginx->folder/up/$n");
            [$again] = answer($socket);
            $socket->sendAll(request("GET /up/again$n"));
            [, $headers, $back] = answer($socket);
            return print("$status, $again, " . json_encode([$same, $back === $body]) . "\n");
        });
    }
    Coroutine::join($done);

    echo "ends\n";
    $socket = $open('good.test');
    $socket->sendAll(request('GET /', "Connection: close\r\n"));
    var_dump(answer($socket)[2], $socket->recv(1, 30));
    $socket = $open('good.test');
    $socket->sendAll(request('GET /close'));
    var_dump($socket->recv(1, 30));
    $plain = new Socket(AF_INET, SOCK_STREAM);
    $plain->connect('127.0.0.1', $nginx->port);
    $plain->sendAll(request('GET /'));
    echo answer($plain)[0], "\n";
    // Killed in the middle of a body: what has come is kept, and then there is the end or a reset.
    $socket = $open('good.test');
    $socket->sendAll(request('GET /up/4'));
    $status = $socket->recvLine(1000, 30);
    $waiting = $open('good.test');
    $end = null;
    $waits = go(function () use ($waiting, &$end) {
        $end = [(string) $waiting->recv(1, 30), in_array($waiting->errCode, [0, SOCKET_ECONNRESET], true)];
    });
    // It lets others run.
    $nginx->stop(SIGKILL);
    Coroutine::join([$waits]);
    var_dump(...$end);
    $rest = $socket->recvAll(100_000_000, 30);
    var_dump(rtrim($status), strlen((string) $rest) < 8_000_000);
    echo preg_replace('/^\d+/', 'N', $open('good.test')), "\n";
    $nginx->start();
    $socket = $open('good.test');
    $socket->sendAll(request('GET /'));
    echo answer($socket)[2], "\n";
});
?>
--EXPECT--
names and certificates
good.test: this is good.test, client: HTTP/1.1 200 OK
other.test: this is other.test, client: HTTP/1.1 200 OK
old.test: 1014 SSL certificate verification failed: certificate has expired, client: 1014
unknown.test: 1014 SSL certificate verification failed: hostname mismatch, client: 1014
nobody vouches: 1014 SSL certificate verification failed: unable to get local issuer certificate
without a certificate of our own: NONE TLSv1.3 good.test
with a certificate of our own: SUCCESS TLSv1.2 good.test
many requests on one connection
int(600)
large bodies, several at a time
HTTP/1.1 201 Created, HTTP/1.1 201 Created, [true,true]
HTTP/1.1 201 Created, HTTP/1.1 201 Created, [true,true]
HTTP/1.1 201 Created, HTTP/1.1 201 Created, [true,true]
HTTP/1.1 201 Created, HTTP/1.1 201 Created, [true,true]
ends
string(17) "this is good.test"
string(0) ""
string(0) ""
HTTP/1.1 400 Bad Request
string(0) ""
bool(true)
string(15) "HTTP/1.1 200 OK"
bool(true)
N Connection refused
this is good.test
