--TEST--
curl as HTTP clients use it: handles that are kept and reset, one multi handle for all, also shared by many coroutines
--EXTENSIONS--
curl
openssl
--SKIPIF--
<?php require __DIR__ . '/skip.inc'; ?>
--FILE--
<?php
require __DIR__ . '/curl.inc';
use Swoole\{Coroutine as Co, Runtime};
use function Swoole\Coroutine\{go, run};

/** Makes requests one by one. It keeps a few handles, and resets them between two requests. */
final class Simple
{
    private array $idle = [];
    public int $connects = 0;

    public function request(string $url, array $options = []): array
    {
        $handle = array_pop($this->idle) ?? curl_init();
        [$headers, $body] = [[], fopen('php://temp', 'w+')];
        curl_setopt_array($handle, $options + [
            CURLOPT_URL => $url,
            CURLOPT_HTTPHEADER => ['Accept: */*', 'Expect:'],
            CURLOPT_RETURNTRANSFER => false,
            CURLOPT_HEADER => false,
            CURLOPT_CONNECTTIMEOUT => 60,
            CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS,
            CURLOPT_HEADERFUNCTION => function ($handle, string $line) use (&$headers) {
                $headers[] = trim($line);
                return strlen($line);
            },
            CURLOPT_WRITEFUNCTION => fn ($handle, string $data) => fwrite($body, $data),
        ]);
        curl_exec($handle);
        $told = [curl_errno($handle), curl_error($handle), $headers[0] ?? '', count($headers)];
        $this->connects += curl_getinfo($handle, CURLINFO_NUM_CONNECTS);
        rewind($body);
        $told[] = md5(stream_get_contents($body));
        if (count($this->idle) >= 3) {
            curl_close($handle);
        } else {
            foreach ([CURLOPT_HEADERFUNCTION, CURLOPT_READFUNCTION, CURLOPT_WRITEFUNCTION, CURLOPT_PROGRESSFUNCTION] as $option) {
                curl_setopt($handle, $option, null);
            }
            curl_reset($handle);
            $this->idle[] = $handle;
        }
        return steady_all($told);
    }
}

/** Promises of requests, which are fulfilled while somebody waits for one of them. */
final class Promises
{
    private ?CurlMultiHandle $multi = null;
    private array $handles = [];
    private array $results = [];
    private int $active = 0;

    public function request(string $url, array $options = []): int
    {
        $this->multi ??= curl_multi_init();
        $handle = handle($url, $options);
        $this->handles[spl_object_id($handle)] = $handle;
        curl_multi_add_handle($this->multi, $handle);
        return spl_object_id($handle);
    }

    public function wait(int $id): array
    {
        while (!isset($this->results[$id])) {
            $this->tick();
        }
        [$result] = [$this->results[$id], $this->results[$id] = null];
        unset($this->results[$id], $this->handles[$id]);
        return $result;
    }

    private function tick(): void
    {
        if ($this->active && curl_multi_select($this->multi, 60) === -1) {
            usleep(250);
        }
        while (curl_multi_exec($this->multi, $this->active) === CURLM_CALL_MULTI_PERFORM) {
            curl_multi_select($this->multi, 60);
        }
        while ($done = curl_multi_info_read($this->multi)) {
            $handle = $done['handle'];
            curl_multi_remove_handle($this->multi, $handle);
            $this->results[spl_object_id($handle)] = steady_all([$done['result'], curl_error($handle), md5((string) curl_multi_getcontent($handle)), curl_getinfo($handle, CURLINFO_HTTP_CODE)]);
        }
    }

    public function cancel(int $id): void
    {
        curl_multi_remove_handle($this->multi, $this->handles[$id]);
        unset($this->handles[$id]);
    }
}

/** Streams of chunks, whose callbacks change the handle, and which are paused by way of the multi handle. */
final class Chunks
{
    private CurlMultiHandle $multi;
    private array $activity = [];

    public function __construct()
    {
        $this->multi = curl_multi_init();
        curl_multi_setopt($this->multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
        curl_multi_setopt($this->multi, CURLMOPT_MAX_HOST_CONNECTIONS, 100);
        curl_multi_setopt($this->multi, CURLMOPT_MAXCONNECTS, 100);
    }

    public function stream(string $url, array $options = [], bool $pauses = false): array
    {
        $handle = curl_init($url);
        $id = spl_object_id($handle);
        $words = fopen('php://temp', 'w+');
        curl_setopt_array($handle, $options + [
            CURLOPT_PRIVATE => 'H0',
            CURLOPT_VERBOSE => true,
            CURLOPT_STDERR => $words,
            CURLOPT_HEADERFUNCTION => function ($handle, string $line) use ($id) {
                if ($line === "\r\n" && curl_getinfo($handle, CURLINFO_RESPONSE_CODE) >= 200) {
                    $this->activity[$id][] = 'headers';
                    curl_setopt($handle, CURLOPT_PRIVATE, 'C0');
                }
                return strlen($line);
            },
            CURLOPT_WRITEFUNCTION => function ($handle, string $data) use ($id) {
                if (curl_getinfo($handle, CURLINFO_PRIVATE) !== 'C0') {
                    return 0;
                }
                $write = function ($handle, string $data) use ($id) {
                    $this->activity[$id][] = $data;
                    return strlen($data);
                };
                curl_setopt($handle, CURLOPT_WRITEFUNCTION, $write);
                return $write($handle, $data);
            },
            CURLOPT_NOPROGRESS => false,
            CURLOPT_PROGRESSFUNCTION => fn ($handle) => null,
        ]);
        $this->activity[$id] = [];
        curl_multi_add_handle($this->multi, $handle);
        [$body, $told, $end] = ['', [], null];
        while ($end === null) {
            $this->perform();
            foreach ($this->activity[$id] as $chunk) {
                if (is_array($chunk)) {
                    $end = $chunk;
                } elseif ($chunk === 'headers') {
                    $told[] = $chunk;
                    if ($pauses) {
                        // The transfer begins again.
                        $pauses = false;
                        curl_multi_remove_handle($this->multi, $handle);
                        curl_pause($handle, CURLPAUSE_ALL);
                        usleep(1000);
                        curl_pause($handle, CURLPAUSE_CONT);
                        curl_multi_add_handle($this->multi, $handle);
                        curl_setopt($handle, CURLOPT_PRIVATE, 'H0');
                        break;
                    }
                } else {
                    $body .= $chunk;
                }
            }
            $this->activity[$id] = [];
            if ($end === null) {
                curl_multi_select($this->multi, 60);
            }
        }
        unset($this->activity[$id]);
        curl_multi_remove_handle($this->multi, $handle);
        curl_setopt_array($handle, [CURLOPT_NOPROGRESS => true, CURLOPT_PROGRESSFUNCTION => null, CURLOPT_HEADERFUNCTION => null, CURLOPT_WRITEFUNCTION => null, CURLOPT_READFUNCTION => null, CURLOPT_INFILE => null]);
        rewind($words);
        return steady_all([$told, md5($body), ...$end, str_contains(stream_get_contents($words), '> GET')]);
    }

    private function perform(): void
    {
        while (curl_multi_exec($this->multi, $active) === CURLM_CALL_MULTI_PERFORM);
        while ($done = curl_multi_info_read($this->multi)) {
            if ($done['msg'] === CURLMSG_DONE) {
                $this->activity[spl_object_id($done['handle'])][] = [$done['result'], curl_error($done['handle'])];
            }
        }
    }
}

$nginx = web_server($certificate);
$base = "http://127.0.0.1:$nginx->port";
$tls = [CURLOPT_UNIX_SOCKET_PATH => "$nginx->folder/tls", CURLOPT_CAINFO => $certificate];
$requests = [
    ["$base/hello"], ["$base/large"], ["$base/none"], ["$base/hello", [CURLOPT_UNIX_SOCKET_PATH => "$nginx->folder/none"]], ["$base/text.txt", [CURLOPT_ENCODING => '']], ["$base/far", [CURLOPT_FOLLOWLOCATION => true]],
    ["$base/slow/text.txt"], ["https://localhost/hello", $tls], ["https://localhost/large", $tls],
];
$kinds = [
    'simple' => function () {
        $client = new Simple();
        return fn (array $request) => $client->request(...$request);
    },
    'promises' => function () {
        $client = new Promises();
        return fn (array $request) => $client->wait($client->request(...$request));
    },
    'several promises' => function () use ($base) {
        $client = new Promises();
        return function (array $request) use ($client, $base) {
            $ids = [$client->request(...$request), $client->request("$base/slow/large"), $client->request(...$request), $client->request("$base/hello")];
            $client->cancel($ids[1]);
            unset($ids[1]);
            return array_map($client->wait(...), array_reverse($ids));
        };
    },
    'chunks' => function () {
        $client = new Chunks();
        return fn (array $request) => $client->stream(...$request);
    },
    'chunks with pauses' => function () {
        $client = new Chunks();
        return fn (array $request) => $client->stream($request[0], $request[1] ?? [], true);
    },
];
foreach ($kinds as $kind => $make) {
    Runtime::enableCoroutine(0);
    $plain = array_map($make(), $requests);
    $one = $shared = [];
    Co::set(['hook_flags' => SWOOLE_HOOK_ALL]);
    run(function () use ($make, $requests, &$one, &$shared) {
        $one = array_map($make(), $requests);
        $call = $make();
        for ($i = 0; $i < 100; $i++) {
            go(function () use ($call, $requests, $i, &$shared) {
                $shared[$i % count($requests)][] = $call($requests[$i % count($requests)]);
            });
        }
    });
    ksort($shared);
    $same = array_map(fn (array $told) => count(array_unique(array_map(json_encode(...), $told))) === 1 ? $told[0] : $told, $shared);
    echo $kind, ': ', $plain === $one ? 'the same' : json_encode([$plain, $one]), ', ', $plain === $same ? 'the same' : json_encode([$plain, $same]), "\n";
}
?>
--EXPECT--
simple: the same, the same
promises: the same, the same
several promises: the same, the same
chunks: the same, the same
chunks with pauses: the same, the same
