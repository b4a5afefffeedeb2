--TEST--
Predis over hooked streams: 50 coroutines with a client each wait in BLPOP while others work; pipelines, transactions, a server that has gone
--SKIPIF--
<?php require __DIR__ . '/skip.inc'; ?>
--FILE--
<?php
require __DIR__ . '/support.inc';
require getenv('PEERS') . '/php/Predis/autoload.php';
use Swoole\Coroutine;
use function Swoole\Coroutine\{go, run};

$redis = Peer::redis();
run(function () use ($redis) {
    $client = fn () => new Predis\Client(['host' => '127.0.0.1', 'port' => $redis->port]);
    $popped = [];
    for ($i = 0; $i < 50; $i++) {
        $waiting[] = go(function () use ($i, $client, &$popped) {
            [, $popped[$i]] = $client()->blpop(["list$i"], 0);
        });
    }
    $unix = new Predis\Client(['scheme' => 'unix', 'path' => $redis->path]);
    foreach ($waiting as $i => $cid) {
        $unix->rpush("list$i", ["value $i"]);
    }
    Coroutine::join($waiting);
    ksort($popped);
    echo json_encode($popped === array_map(fn ($i) => "value $i", range(0, 49))), "\n";

    echo json_encode($unix->pipeline(fn ($pipe) => array_map(fn ($i) => $pipe->set("key$i", $i), range(1, 1000))) !== []), ' ',
        array_sum($unix->mget(array_map(fn ($i) => "key$i", range(1, 1000)))), "\n";
    echo json_encode($unix->transaction()->incr('count')->incr('count')->execute()), "\n";
    // A subscriber, and one that publishes.
    $subscriber = go(function () use ($client) {
        $loop = $client()->pubSubLoop(['subscribe' => 'news']);
        foreach ($loop as $message) {
            echo "$message->kind ", json_encode($message->payload), "\n";
            $message->kind === 'message' && $loop->stop(true);
        }
    });
    while ($unix->publish('news', 'hello') === 0) {
        Coroutine::sleep(0.001);
    }
    Coroutine::join([$subscriber]);
    try {
        $unix->lpush('key1', ['x']);
    } catch (Predis\Response\ServerException $e) {
        echo $e->getErrorType(), "\n";
    }
    $redis->stop();
    foreach ([$unix, $client()] as $broken) {
        try {
            $broken->ping();
        } catch (Predis\Connection\ConnectionException $e) {
            echo get_class($e), "\n";
        }
    }
});
?>
--EXPECT--
true
true 500500
[1,2]
subscribe 1
message "hello"
WRONGTYPE
Predis\Connection\ConnectionException
Predis\Connection\ConnectionException
