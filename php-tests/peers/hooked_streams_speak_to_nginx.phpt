--TEST--
nginx by file_get_contents(), plain and with TLS: 200 coroutines, slow bodies, a server that is killed
--EXTENSIONS--
openssl
--SKIPIF--
<?php require __DIR__ . '/skip.inc'; ?>
--FILE--
<?php
require __DIR__ . '/support.inc';
require __DIR__ . '/../socket/certificates.inc';
use Swoole\Coroutine as Co;
use function Swoole\Coroutine\{go, run};

$file = certificate('localhost');
$nginx = Peer::nginx("server { listen \$PORT; root \$FOLDER;
    location = /hello { return 200 'hello'; } location = /away { return 302 /hello; } location = /missing { return 404 'none'; } location = /close { return 444; }
    location /slow/ { alias \$FOLDER/; limit_rate 500k; } }
    ");
$tls = Peer::nginx("server { listen \$PORT ssl; root \$FOLDER; ssl_certificate $file; ssl_certificate_key $file; location = /hello { return 200 'hello by TLS'; } }");
$large = random_bytes(1 << 20);
file_put_contents("$nginx->folder/large", $large);
file_put_contents("$tls->folder/large", $large);
$plain = "http://127.0.0.1:$nginx->port";
$secure = "https://localhost:$tls->port";
run(function () use ($plain, $secure, $file, $large, $nginx) {
    $context = stream_context_create(['ssl' => ['cafile' => $file], 'http' => ['timeout' => 30]]);
    foreach ([$plain, $secure] as $url) {
        $done = ['hello' => 0, 'large' => 0];
        $cids = [];
        for ($n = 0; $n < 200; $n++) {
            $cids[] = go(function () use ($url, $context, $large, $n, &$done) {
                $done['hello'] += (int) str_starts_with((string) file_get_contents("$url/hello", false, $context), 'hello');
                if ($n % 10 === 0) {
                    $done['large'] += (int) (file_get_contents("$url/large", false, $context) === $large);
                }
            });
        }
        Co::join($cids);
        echo strtok($url, ':'), ': ', json_encode($done), "\n";
    }
    echo "others go on while a body comes slowly\n";
    $log = [];
    $slow = go(function () use ($plain, $large, &$log) {
        $log[] = file_get_contents("$plain/slow/large") === $large ? 'slow body' : 'bad body';
    });
    $quick = go(function () use ($plain, &$log) {
        for ($i = 0; $i < 20; $i++) {
            file_get_contents("$plain/hello");
        }
        $log[] = 'twenty bodies';
    });
    Co::join([$slow, $quick]);
    echo implode(', ', $log), "\n";
    echo "other answers\n";
    var_dump(file_get_contents("$plain/away"), $http_response_header[0], @file_get_contents("$plain/missing"), @file_get_contents("$plain/close"));
    var_dump(@file_get_contents(str_replace('https', 'http', $secure) . '/hello') !== 'hello by TLS', @file_get_contents("$secure/hello"));
    echo "a server that goes in the middle\n";
    $stream = fopen("$plain/slow/large", 'r');
    $begin = fread($stream, 1000);
    $reader = go(function () use ($stream, &$rest) {
        $rest = stream_get_contents($stream);
    });
    $nginx->stop(SIGKILL);
    Co::join([$reader]);
    var_dump($begin === substr($large, 0, strlen($begin)), strlen($rest) < strlen($large), feof($stream), @file_get_contents("$plain/hello"));
    $nginx->start();
    var_dump(file_get_contents("$plain/hello"));
});
?>
--EXPECT--
http: {"hello":200,"large":20}
https: {"hello":200,"large":20}
others go on while a body comes slowly
twenty bodies, slow body
other answers
string(5) "hello"
string(30) "HTTP/1.1 302 Moved Temporarily"
bool(false)
bool(false)
bool(true)
bool(false)
a server that goes in the middle
bool(true)
bool(true)
bool(true)
bool(false)
string(5) "hello"
