--TEST--
Guzzle and Symfony HttpClient (curl and streams) in coroutines: requests overlap, alone and many of one client; Symfony Process, too
--EXTENSIONS--
curl
--SKIPIF--
<?php require __DIR__ . '/skip.inc'; ?>
--FILE--
<?php
error_reporting(E_ALL & ~E_DEPRECATED);
require __DIR__ . '/support.inc';
foreach (['GuzzleHttp', 'Symfony/Component/HttpClient', 'Symfony/Component/Process'] as $library) {
    set_include_path(getenv('PEERS') . '/php');
    require getenv('PEERS') . "/php/$library/autoload.php";
}
use GuzzleHttp\{Client, HandlerStack, Pool};
use GuzzleHttp\Handler\{CurlHandler, CurlMultiHandler, StreamHandler};
use GuzzleHttp\Promise\Utils;
use GuzzleHttp\Psr7\Request;
use Swoole\Coroutine;
use Symfony\Component\HttpClient\{CurlHttpClient, NativeHttpClient};
use Symfony\Component\Process\Process;
use function Swoole\Coroutine\{go, run};

$nginx = Peer::nginx('server { listen $PORT; root $FOLDER; location = /hello { return 200 "hello"; } location = /away { return 302 /hello; }
    location = /missing { return 404 "none"; } location /slow/ { alias $FOLDER/; limit_rate 200k; } }');
file_put_contents("$nginx->folder/body", $body = str_repeat('0123456789', 10_000));
$url = "http://127.0.0.1:$nginx->port";

/** Ten slow bodies, and quick answers in another coroutine: which came first. */
function overlap(string $name, callable $get, string $body): void
{
    $log = [];
    for ($i = 0; $i < 10; $i++) {
        $cids[] = go(function () use ($get, $body, &$log) {
            $log[] = $get('/slow/body') === $body ? 'slow' : 'wrong';
        });
    }
    $cids[] = go(function () use ($get, &$log) {
        for ($i = 0; $i < 5; $i++) {
            $log[] = $get('/hello');
        }
    });
    Coroutine::join($cids);
    echo "$name: ", json_encode(array_slice($log, 0, 5)), ' ', json_encode(array_count_values($log)), "\n";
}

run(function () use ($url, $body) {
    foreach ([CurlHandler::class, CurlMultiHandler::class, StreamHandler::class] as $handler) {
        overlap(substr(strrchr($handler, '\\'), 1), fn ($path) => (string) (new Client(['handler' => HandlerStack::create(new $handler())]))->get($url . $path)->getBody(), $body);
    }
    overlap('one client', (function () use ($url) {
        $client = new Client(['base_uri' => $url]);
        return fn ($path) => (string) $client->get($path)->getBody();
    })(), $body);

    $client = new Client(['base_uri' => $url]);
    $promises = array_map(fn ($path) => $client->getAsync($path, ['http_errors' => false]), ['/hello', '/slow/body', '/away', '/missing']);
    echo json_encode(array_map(fn ($response) => [$response->getStatusCode(), strlen($response->getBody())], Utils::unwrap($promises))), "\n";
    $answers = Pool::batch($client, array_fill(0, 20, new Request('GET', '/hello')), ['concurrency' => 5]);
    echo count(array_filter($answers, fn ($answer) => (string) $answer->getBody() === 'hello')), " of a pool\n";

    foreach ([CurlHttpClient::class, NativeHttpClient::class] as $class) {
        overlap(substr(strrchr($class, '\\'), 1), fn ($path) => (new $class())->request('GET', $url . $path)->getContent(), $body);
    }

    $client = new CurlHttpClient();
    $responses = array_map(fn ($path) => $client->request('GET', $url . $path), ['/hello', '/slow/body', '/away']);
    $sizes = [];
    foreach ($client->stream($responses) as $response => $chunk) {
        if ($chunk->isLast()) {
            $sizes[array_search($response, $responses, true)] = [$response->getStatusCode(), strlen($response->getContent())];
        }
    }
    ksort($sizes);
    echo json_encode($sizes), "\n";

    echo "commands\n";
    $log = [];
    [$go, $gate] = [tempnam(sys_get_temp_dir(), 'go'), 0];
    unlink($go);
    for ($i = 0; $i < 5; $i++) {
        $cids[] = go(function () use ($i, $go, &$log, &$gate) {
            // The last one lets all of them end.
            $process = Process::fromShellCommandline("until [ -e $go ]; do sleep 0.01; done; echo out $i; echo err $i >&2; exit $i");
            $process->start();
            ++$gate === 5 && touch($go);
            $log[$i] = [$process->wait(), trim($process->getOutput()), trim($process->getErrorOutput())];
        });
    }
    Coroutine::join($cids);
    unlink($go);
    ksort($log);
    echo json_encode($log), "\n";
    $echo = new Process(['cat']);
    $echo->setInput(str_repeat('x', 300_000));
    echo strlen($echo->mustRun()->getOutput()), "\n";
    $sleep = new Process(['sleep', '60'], timeout: 0.05);
    try {
        $sleep->run();
    } catch (Symfony\Component\Process\Exception\ProcessTimedOutException $e) {
        echo "timed out\n";
    }
});
?>
--EXPECT--
CurlHandler: ["hello","hello","hello","hello","hello"] {"hello":5,"slow":10}
CurlMultiHandler: ["hello","hello","hello","hello","hello"] {"hello":5,"slow":10}
StreamHandler: ["hello","hello","hello","hello","hello"] {"hello":5,"slow":10}
one client: ["hello","hello","hello","hello","hello"] {"hello":5,"slow":10}
[[200,5],[200,100000],[200,5],[404,4]]
20 of a pool
CurlHttpClient: ["hello","hello","hello","hello","hello"] {"hello":5,"slow":10}
NativeHttpClient: ["hello","hello","hello","hello","hello"] {"hello":5,"slow":10}
[[200,5],[200,100000],[200,5]]
commands
[[0,"out 0","err 0"],[1,"out 1","err 1"],[2,"out 2","err 2"],[3,"out 3","err 3"],[4,"out 4","err 4"]]
300000
timed out
