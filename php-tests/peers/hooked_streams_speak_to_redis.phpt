--TEST--
Redis by hooked streams and by its extension: 200 coroutines wait at the same time; a server that is killed, time-outs
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

function same(mixed $expected, mixed $seen): void
{
    $expected === $seen || throw new RuntimeException('not as expected: ' . substr(json_encode($seen), 0, 200));
}

/** A client as it is written in PHP. */
final class Lines
{
    private $stream;

    public function __construct(string $address)
    {
        $this->stream = stream_socket_client($address, $errno, $error, 30) ?: throw new RuntimeException($error);
        stream_set_timeout($this->stream, 30);
    }

    public function __call(string $name, array $words): mixed
    {
        $words = array_map(strval(...), [$name, ...$words]);
        fwrite($this->stream, '*' . count($words) . "\r\n" . implode(array_map(fn ($word) => '$' . strlen($word) . "\r\n$word\r\n", $words)));
        return $this->answer();
    }

    public function answer(): mixed
    {
        $line = fgets($this->stream);
        if ($line === false) {
            return 'lost';
        }
        $rest = substr($line, 1, -2);
        return match ($line[0]) {
            '+', '-' => $rest,
            ':' => (int) $rest,
            '$' => $rest === '-1' ? null : substr(stream_get_contents($this->stream, (int) $rest + 2), 0, -2),
            '*' => array_map(fn () => $this->answer(), range(1, (int) $rest)),
        };
    }
}

$redis = Peer::redis();
foreach (['lines over TCP' => fn () => new Lines("tcp://127.0.0.1:$redis->port"), 'lines over a path' => fn () => new Lines("unix://$redis->path"), 'the extension' => function () use ($redis) {
    $client = new Redis();
    $client->connect('127.0.0.1', $redis->port, 30);
    return $client;
}] as $name => $open) {
    $done = $waiting = 0;
    $first = null;
    run(function () use ($open, &$done, &$waiting, &$first) {
        for ($n = 0; $n < 200; $n++) {
            go(function () use ($n, $open, &$done, &$waiting, &$first) {
                $client = $open();
                $value = random_bytes(100 + 37 * $n);
                $client->set("key$n", $value);
                same($value, $client->get("key$n"));
                for ($i = 1; $i <= 20; $i++) {
                    same($i, $client->incr("number$n"));
                }
                $large = str_repeat($value, 30);
                $client->set("large$n", $large);
                same($large, $client->get("large$n"));
                $client->del("number$n");
                // Nobody gets an answer before all of them wait for one.
                $waiting++;
                $answer = $client->blPop("list$n", 30);
                $first ??= $waiting;
                same(["list$n", 'item'], $answer);
                $done++;
            });
        }
        go(function () use ($open, &$waiting) {
            while ($waiting < 200) {
                Co::sleep(0.001);
            }
            $client = $open();
            for ($n = 0; $n < 200; $n++) {
                $client->rPush("list$n", 'item');
            }
        });
    });
    echo "$name: $done, all $first waited together\n";
}
echo "lost and found again\n";
run(function () use ($redis) {
    $lines = new Lines("tcp://127.0.0.1:$redis->port");
    $client = new Redis();
    $client->connect('127.0.0.1', $redis->port, 30);
    $client->setOption(Redis::OPT_MAX_RETRIES, 0);
    $cids = [
        go(function () use ($lines, &$told) {
            $told[] = 'lines: ' . json_encode($lines->blpop('nothing', 30));
        }),
        go(function () use ($client, &$told) {
            try {
                $client->blPop('nothing', 30);
            } catch (RedisException $e) {
                $told[] = 'the extension: ' . get_class($e);
            }
        }),
    ];
    Co::sleep(0.01);
    $redis->stop(SIGKILL);
    Co::join($cids);
    sort($told);
    echo implode("\n", $told), "\n";
    try {
        (new Redis())->connect('127.0.0.1', $redis->port, 1);
    } catch (RedisException $e) {
        echo $e->getMessage(), "\n";
    }
    $redis->start();
    $lines = new Lines("tcp://127.0.0.1:$redis->port");
    var_dump($lines->set('key', 'value'));
    try {
        var_dump($client->get('key'));
    } catch (RedisException $e) {
        $client->connect('127.0.0.1', $redis->port, 30);
        var_dump($client->get('key'));
    }
    // A time-out of the client's own.
    $client->setOption(Redis::OPT_READ_TIMEOUT, 0.02);
    try {
        var_dump($client->blPop('nothing', 30));
    } catch (RedisException $e) {
        echo strtok($e->getMessage(), ':'), "\n";
    }
});
?>
--EXPECT--
lines over TCP: 200, all 200 waited together
lines over a path: 200, all 200 waited together
the extension: 200, all 200 waited together
lost and found again
lines: "lost"
the extension: RedisException
Connection refused
string(2) "OK"
string(5) "value"
read error on connection to 127.0.0.1
