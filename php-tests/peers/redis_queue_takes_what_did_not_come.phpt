--TEST--
RedisQueue: messages that the server has given, and whose reply was lost, are handled soon; a message may be acknowledged twice
--EXTENSIONS--
posix
--SKIPIF--
<?php require __DIR__ . '/skip.inc'; ?>
--FILE--
<?php
require __DIR__ . '/support.inc';
use Swoole\Process;
use Swoole\Process\RedisQueue;
use Swoole\Process\RedisQueue\Message;

swoole_async_set(['log_level' => SWOOLE_LOG_ERROR]);
$server = Peer::redis();
$path = "$server->folder/proxy";
$cut = "$server->folder/cut";
$listener = stream_socket_server("unix://$path");
/** Loses the next reply once the file is there: it closes the connection instead. */
$proxy = new Process(function () use ($server, $listener, $cut) {
    $others = [];
    while (true) {
        $readable = [$listener, ...array_column($others, 0)];
        $none = null;
        stream_select($readable, $none, $none, null);
        foreach ($readable as $stream) {
            if ($stream === $listener) {
                $client = stream_socket_accept($listener);
                $behind = stream_socket_client("unix://$server->path");
                [$others[(int) $client], $others[(int) $behind]] = [[$client, $behind, false], [$behind, $client, true]];
                continue;
            }
            [, $other, $isReply] = $others[(int) $stream] ?? [null, null, false];
            $piece = $other === null ? '' : fread($stream, 1 << 20);
            clearstatcache();
            if ($piece !== '' && $piece !== false && !($isReply && is_file($cut) && unlink($cut))) {
                fwrite($other, $piece);
            } elseif ($other !== null) {
                unset($others[(int) $stream], $others[(int) $other]);
                fclose($stream);
                fclose($other);
            }
        }
    }
});
$proxy->set(['death_signal' => SIGKILL]);
$proxy->start();
fclose($listener);

$options = ['visibility' => 600, 'timeout' => 30];
$direct = new RedisQueue('jobs', ['path' => $server->path] + $options);
$queue = new RedisQueue('jobs', ['path' => $path] + $options);
$handled = function (int $count) use ($queue, $cut): void {
    $done = [];
    // A turn ends after a second, or when the connection breaks.
    for ($turn = 0; $turn < 30 && count($done) < $count; $turn++) {
        $queue->serve(function (Message $message) use (&$done, $cut) {
            $done[] = $message->body;
            $message->body === 'cuts' && touch($cut);
        });
    }
    $stats = $queue->stats();
    sort($done);
    clearstatcache();
    echo is_file($cut) ? 'no reply was lost, ' : '', implode(' ', $done), ", waiting $stats[waiting], pending $stats[pending]\n";
};

echo "the reply to an acknowledgement: ";
array_map($direct->push(...), ['cuts', 'a', 'b', 'c']);
$handled(4);

echo "the reply to a call that takes: ";
array_map($direct->push(...), ['a', 'b']);
touch($cut);
$handled(2);

echo "the reply to a call that waits: ";
$pusher = new Process(function () use ($server, $direct, $cut) {
    $redis = new Redis();
    $redis->connect($server->path);
    while ((int) $redis->info('clients')['blocked_clients'] !== 1) {
        usleep(1000);
    }
    touch($cut);
    $direct->push('a');
});
$pusher->start();
$message = $queue->pop(60);
echo $message->body, ', acknowledged ', json_encode($message->ack()), ', again ', json_encode($message->ack()), "\n";
$pusher->join();

echo "messages that are kept come once: ";
array_map($direct->push(...), ['a', 'b', 'c']);
$first = $queue->pop(60);
touch($cut);
$second = $queue->pop(60);
$third = $queue->pop(60);
$bodies = [$first->body, $second->body, $third->body];
sort($bodies);
echo implode(' ', $bodies), json_encode($queue->pop(0)), json_encode([$first->ack(), $second->ack(), $third->ack()]), "\n";

echo "coroutines wait for the one that recovers: ";
$several = new RedisQueue('jobs', ['path' => $path, 'retry' => 0.0, 'prefetch' => 5] + $options);
array_map($direct->push(...), ['a', 'b', 'c', 'd', 'e']);
touch($cut);
try {
    $several->pop(0);
} catch (RedisQueue\ConnectionException) {
    echo "lost, ";
}
$bodies = [];
Swoole\Coroutine\run(function () use ($several, &$bodies) {
    for ($i = 0; $i < 5; $i++) {
        Swoole\Coroutine::create(function () use ($several, &$bodies) {
            $message = $several->pop(60);
            $bodies[] = $message->body;
            $message->ack();
        });
    }
});
sort($bodies);
echo implode(' ', $bodies), ' ', "pending {$direct->stats()['pending']}", "\n";
$proxy->terminate(0);
?>
--EXPECT--
the reply to an acknowledgement: a b c cuts, waiting 0, pending 0
the reply to a call that takes: a b, waiting 0, pending 0
the reply to a call that waits: a, acknowledged true, again false
messages that are kept come once: a b cnull[true,true,true]
coroutines wait for the one that recovers: lost, a b c d e pending 0
