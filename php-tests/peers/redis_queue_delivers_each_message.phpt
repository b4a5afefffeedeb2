--TEST--
RedisQueue: priorities, delay, attempts, visibility, dead letters, ids, entries that others have damaged
--SKIPIF--
<?php require __DIR__ . '/skip.inc'; ?>
--FILE--
<?php
require __DIR__ . '/support.inc';
use Swoole\Process\RedisQueue;
use function Swoole\Coroutine\{go, run};

$server = Peer::redis();
$redis = new Redis();
$redis->connect('127.0.0.1', $server->port);
$number = 0;
/** A queue of its own for each part. */
function queue(array $options = []): RedisQueue
{
    global $server, $number;
    return new RedisQueue('q' . ++$number, $options + ['port' => $server->port, 'visibility' => 600, 'poll' => 0.05, 'backoff' => 0, 'max_attempts' => 3]);
}

/** What stats() counts. */
function counts(RedisQueue $queue): string
{
    ['waiting' => $waiting, 'pending' => $pending, 'delayed' => $delayed, 'dead' => $dead] = $queue->stats();
    return "waiting $waiting, pending $pending, delayed $delayed, dead $dead";
}

function dead(RedisQueue $queue): void
{
    foreach ($queue->dead() as ['body' => $body, 'reason' => $reason, 'attempts' => $attempts]) {
        echo '  dead after ', $attempts, ': ', json_encode($body), ' because ', preg_replace('/ in .*/', '', $reason), "\n";
    }
}

echo "values and priorities\n";
$queue = queue();
$queue->push('low', priority: RedisQueue::LOW);
foreach (["bytes \0\xff\r\n", '', 'b:0;', 17, 1.5, null, false, ['key' => ['list']], new ArrayObject([1])] as $value) {
    $queue->push($value);
}
$queue->push('high', priority: RedisQueue::HIGH);
$queue->push('later', 600);
echo counts($queue), "\n";
while ($message = $queue->pop(0)) {
    echo '  ', preg_replace_callback('/[^ -~]/', fn ($m) => '\\x' . bin2hex($m[0]), var_export($message->body, true));
    echo $message->ack() ? ", acknowledged\n" : ", lost\n";
}
echo counts($queue), "\n";
var_dump($message, $queue->pop(0.01));

echo "delay: a waiting pop() gets the message when it is due\n";
$queue = queue();
$begun = hrtime(true);
$queue->push('delayed', 0.2, RedisQueue::HIGH);
$message = $queue->pop(60);
var_dump($message->body, $message->priority, hrtime(true) - $begun >= 200e6, $message->ack());

echo "attempts\n";
$queue = queue();
$id = $queue->push('fails');
while ($message = $queue->pop(0)) {
    echo "  attempt $message->attempts ", $message->id === $id ? 'of the same message' : 'of another one', "\n";
    var_dump($message->release(reason: 'it fails'), $message->release(), $message->ack());
}
dead($queue);
echo '  again: ', $queue->redrive(), ', ', counts($queue), "\n";
$message = $queue->pop(0);
var_dump($message->attempts, $message->id === $id, $message->release(600), counts($queue));
$queue->push('bad');
$queue->pop(0)->bury('it is bad');
dead($queue);
var_dump($queue->clearDead(), counts($queue));

echo "visibility\n";
$queue = queue(['visibility' => 0.05]);
$queue->push('slow');
$slow = $queue->pop(0);
$other = new RedisQueue("q$number", ['port' => $server->port, 'visibility' => 0.05, 'poll' => 0.05]);
$message = $other->pop(60);
var_dump($message->body, $message->attempts, $slow->ack(), $slow->touch(), $slow->release());
var_dump($message->ack());
$queue = queue();
$queue->push('touched');
$message = $queue->pop(0);
var_dump($message->touch(), counts($queue), $message->ack(), $message->touch());

echo "consume()\n";
$queue = queue(['prefetch' => 3]);
array_map(fn (int $n) => $queue->push($n), range(1, 5));
swoole_async_set(['log_level' => SWOOLE_LOG_ERROR]);
$queue->consume(function (RedisQueue\Message $message) use ($queue) {
    echo "  $message->body, attempt $message->attempts\n";
    if ($message->body === 2) {
        // Even this is a failure of the handler.
        throw new RedisQueue\ConnectionException('of another server');
    }
    $message->body === 4 && $queue->stop();
});
// What was taken and not handled is back, and its attempt does not count.
var_dump($queue->pop());
echo counts($queue), "\n";
$rest = new RedisQueue("q$number", ['port' => $server->port]);
for (; $message = $rest->pop(0); $message->ack()) {
    echo "  $message->body, attempt $message->attempts\n";
}

echo "an id counts once\n";
$queue = queue(['unique' => 600]);
var_dump($queue->push('one', id: 'order-1'), $queue->push('again', id: 'order-1'), $queue->push('later', 600, id: 'order-2'), counts($queue));

echo "equal messages are all delayed\n";
$queue = queue(['unique' => 0]);
foreach ([1, 2, 3] as $n) {
    $redis->xAdd("{q$number}:2", '*', ['b' => 'of another program']);
    $queue->push('later', 600, id: 'order-1');
}
for ($ids = []; $message = $queue->pop(0); $message->release(600)) {
    $ids[] = $message->id;
}
var_dump(count(array_unique($ids)), counts($queue));

echo "exit() in a handler is no failure of it: it leaves consume(), and the time of the message goes on\n";
$queue = queue();
$queue->push('one');
run(function () use ($queue) {
    try {
        $queue->consume(fn () => exit(3));
    } catch (Swoole\ExitException $exit) {
        var_dump($exit->getStatus(), counts($queue));
    }
});

echo "damaged entries\n";
$queue = queue();
$q = "{q$number}";
$redis->xAdd("$q:2", '*', ['something' => 'else', 'r' => 'x']);
$redis->xAdd("$q:2", '*', ['b' => 'O:1', 'f' => 'p', 'i' => "a b\n", 'a' => 'many']);
$redis->xAdd("$q:2", '*', ['b' => 'only a body']);
$redis->zAdd("$q:delayed", 1, 'no head');
$redis->zAdd("$q:delayed", 1, "9 x y z\nbody");
$redis->zAdd("$q:delayed", 1, "1 2 0 s id\nby hand");
while ($message = $queue->pop(0)) {
    echo "  $message->body, attempt $message->attempts\n";
    $message->ack();
}
dead($queue);
echo counts($queue), "\n";
echo '  again: ', $queue->redrive(), ', ', counts($queue), "\n";

echo "entries that are deleted while a worker has them\n";
$queue = queue();
$q = "{q$number}";
foreach (['ack', 'release', 'bury', 'touch'] as $how) {
    $queue->push($how);
    $message = $queue->pop(0);
    $redis->rawCommand('XTRIM', "$q:2", 'MAXLEN', '0');
    echo "  $how: ", var_export($message->$how(), true), ', ', counts($queue), "\n";
}
$queue = queue(['visibility' => 0.02, 'poll' => 0.02]);
$queue->push('trimmed');
$queue->pop(0);
$redis->rawCommand('XTRIM', "{q$number}:2", 'MAXLEN', '0');
while ($queue->stats()['pending'] > 0) {
    $queue->pop(0.01);
}
echo counts($queue), "\n";

echo "keys that are removed or of another type\n";
$queue = queue(['poll' => 60]);
run(function () use ($queue, $server, $number) {
    $redis = new Redis();
    $redis->connect('127.0.0.1', $server->port);
    go(function () use ($queue) {
        echo '  ', $queue->pop(60)->body, "\n";
    });
    while (!preg_match('/cmd.{1,5}xreadgroup/', json_encode($redis->client('list')))) {
        Swoole\Coroutine::sleep(0.001);
    }
    $redis->del("{q$number}:2", "{q$number}:1");
    $queue->push('into a new stream');
});
$queue = queue();
$redis->set("{q$number}:2", 'text');
foreach ([fn () => $queue->push('value'), fn () => $queue->pop(0), fn () => $queue->stats()] as $call) {
    try {
        $call();
    } catch (RedisQueue\Exception $e) {
        echo '  ', strtok($e->getMessage(), ' '), "\n";
    }
}
$redis->del("{q$number}:2");
$redis->set("{q$number}:delayed", 'text');
try {
    $queue->pop(0);
} catch (RedisQueue\Exception $e) {
    echo '  ', strtok($e->getMessage(), ' '), "\n";
}

echo "consumers\n";
$queue = queue(['stale' => 0.001]);
$q = "{q$number}";
$queue->push('one');
$message = $queue->pop(0);
$redis->rawCommand('XGROUP', 'CREATECONSUMER', "$q:2", 'workers', 'of a machine that is gone');
$names = fn () => array_column($redis->xInfo('CONSUMERS', "$q:2", 'workers'), 'name');
while (count($names()) > 1) {
    $queue->pop(0.01);
}
var_dump($names() === [$message->consumer], str_starts_with($message->consumer, gethostname() . ':' . getmypid() . ':'));
$queue->close();
var_dump(count($names()));
$message->ack();
$queue->close();
var_dump(count($names()));
?>
--EXPECT--
values and priorities
waiting 11, pending 0, delayed 1, dead 0
  'high', acknowledged
  'bytes ' . "\0" . '\xff\x0d\x0a', acknowledged
  '', acknowledged
  'b:0;', acknowledged
  17, acknowledged
  1.5, acknowledged
  NULL, acknowledged
  false, acknowledged
  array (\x0a  'key' => \x0a  array (\x0a    0 => 'list',\x0a  ),\x0a), acknowledged
  \ArrayObject::__set_state(array(\x0a   0 => 1,\x0a)), acknowledged
  'low', acknowledged
waiting 0, pending 0, delayed 1, dead 0
NULL
NULL
delay: a waiting pop() gets the message when it is due
string(7) "delayed"
int(1)
bool(true)
bool(true)
attempts
  attempt 1 of the same message
bool(true)
bool(false)
bool(false)
  attempt 2 of the same message
bool(true)
bool(false)
bool(false)
  attempt 3 of the same message
bool(true)
bool(false)
bool(false)
  dead after 3: "fails" because it fails
  again: 1, waiting 1, pending 0, delayed 0, dead 0
int(1)
bool(true)
bool(true)
string(39) "waiting 0, pending 0, delayed 1, dead 0"
  dead after 1: "bad" because it is bad
int(1)
string(39) "waiting 0, pending 0, delayed 1, dead 0"
visibility
string(4) "slow"
int(2)
bool(false)
bool(false)
bool(false)
bool(true)
bool(true)
string(39) "waiting 0, pending 1, delayed 0, dead 0"
bool(true)
bool(false)
consume()
  1, attempt 1
  2, attempt 1
  3, attempt 1
  4, attempt 1
NULL
waiting 2, pending 0, delayed 0, dead 0
  5, attempt 1
  2, attempt 2
an id counts once
string(7) "order-1"
string(7) "order-1"
string(7) "order-2"
string(39) "waiting 1, pending 0, delayed 1, dead 0"
equal messages are all delayed
int(3)
string(39) "waiting 0, pending 0, delayed 6, dead 0"
exit() in a handler is no failure of it: it leaves consume(), and the time of the message goes on
int(3)
string(39) "waiting 0, pending 1, delayed 0, dead 0"
damaged entries
  by hand, attempt 3
  only a body, attempt 1
  dead after 0: "9 x y z\nbody" because the delayed entry cannot be read
  dead after 0: "no head" because the delayed entry cannot be read
  dead after 1: null because the entry has no body
  dead after 1: "O:1" because the body cannot be unserialized
waiting 0, pending 0, delayed 0, dead 4
  again: 3, waiting 3, pending 0, delayed 0, dead 1
entries that are deleted while a worker has them
  ack: true, waiting 0, pending 0, delayed 0, dead 0
  release: false, waiting 0, pending 0, delayed 0, dead 0
  bury: false, waiting 0, pending 0, delayed 0, dead 0
  touch: false, waiting 0, pending 0, delayed 0, dead 0
waiting 0, pending 0, delayed 0, dead 0
keys that are removed or of another type
  into a new stream
  WRONGTYPE
  WRONGTYPE
  WRONGTYPE
  WRONGTYPE
consumers
bool(true)
bool(true)
int(1)
int(0)
