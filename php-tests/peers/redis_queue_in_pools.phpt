--TEST--
Pool::consume(): workers take jobs from a RedisQueue, finish them at a stop, a reload and max_requests, and give back the rest
--EXTENSIONS--
pcntl
posix
--SKIPIF--
<?php require __DIR__ . '/skip.inc'; ?>
--FILE--
<?php
require __DIR__ . '/support.inc';
use Swoole\{Atomic, Process, Timer};
use Swoole\Process\{Pool, RedisQueue};

$server = Peer::redis();
swoole_async_set(['log_level' => SWOOLE_LOG_ERROR]);
$number = 0;
function queue(array $options = []): RedisQueue
{
    global $server, $number;
    return new RedisQueue('q' . ++$number, $options + ['port' => $server->port, 'visibility' => 600, 'backoff' => 0.001, 'max_attempts' => 3]);
}

function counts(RedisQueue $queue): string
{
    return json_encode(array_slice($queue->stats(), 0, 4));
}

echo "max_requests\n";
$queue = queue(['prefetch' => 3]);
array_map(fn (int $n) => $queue->push($n), range(1, 100));
[$handled, $starts] = [new Atomic(), new Atomic()];
$pool = new Pool(2);
$pool->set(['max_requests' => 10]);
$pool->on('WorkerStart', fn () => $starts->add());
var_dump($pool->consume($queue, function (Pool $pool, RedisQueue\Message $message) use ($handled) {
    if ($message->attempts > 1) {
        echo "a message came twice\n";
    }
    if ($handled->add() === 100) {
        // Of all its workers, which count on.
        $pool->shutdown();
    }
}));
$pool->start();
var_dump($handled->get(), $starts->get() >= 10, counts($queue));

echo "a stop while a message is handled\n";
$queue = queue();
array_map(fn (int $n) => $queue->push($n), range(1, 5));
$pool = new Pool(1);
$pool->consume($queue, function (Pool $pool, RedisQueue\Message $message) {
    // The signal of the stop comes here.
    pcntl_sigprocmask(SIG_BLOCK, [SIGTERM]);
    $pool->shutdown();
    posix_kill(getmypid(), pcntl_sigwaitinfo([SIGTERM]));
    pcntl_sigprocmask(SIG_UNBLOCK, [SIGTERM]);
    echo "finished $message->body\n";
});
$pool->start();
echo counts($queue), "\n";

echo "workers that wait are stopped and reloaded at once\n";
$queue = queue(['poll' => 600]);
[$waits, $reloads] = [new Atomic(), new Atomic()];
$pool = new Pool(2);
$pool->set(['max_wait_time' => 60]);
$pool->on('WorkerStart', fn () => $waits->add());
$pool->consume($queue, fn (Pool $pool, RedisQueue\Message $message) => $pool->shutdown());
$pool->on('Start', function (Pool $pool) use ($server, $waits, $queue) {
    // Two workers wait at the server; then their successors do, and one gets a message.
    $redis = new Redis();
    $redis->connect('127.0.0.1', $server->port);
    $steps = [fn () => Process::kill($pool->master_pid, SIGUSR1), fn () => $queue->push('stop')];
    Timer::tick(1, function (int $timer) use ($redis, $waits, &$steps) {
        $blocked = (int) $redis->info('clients')['blocked_clients'];
        if ($blocked === 2 && $waits->get() === 2 * (3 - count($steps))) {
            array_shift($steps)();
            $steps === [] && Timer::clear($timer);
        }
    });
});
$pool->start();
echo $waits->get(), ' starts, ', counts($queue), "\n";

echo "timers of a worker run while it waits\n";
$queue = queue(['poll' => 600]);
$pool = new Pool(1);
$pool->on('WorkerStart', fn (Pool $pool) => Timer::after(10, fn () => print "a timer\n") && Timer::after(20, fn () => $queue->push('from a timer')));
$pool->consume($queue, function (Pool $pool, RedisQueue\Message $message) {
    echo "$message->body in worker $pool->workerId\n";
    $pool->shutdown();
});
$pool->start();

echo "handlers that throw, and workers that die\n";
$queue = queue(['visibility' => 0.2, 'poll' => 0.05]);
$queue->push('throws');
$queue->push('kills');
$queue->push('fine');
$pool = new Pool(1);
$pool->set(['restart_delay' => 0]);
$pool->consume($queue, function (Pool $pool, RedisQueue\Message $message) use ($queue) {
    match ($message->body) {
        'throws' => throw new LogicException('it cannot be done'),
        'kills' => posix_kill(getmypid(), SIGKILL),
        'fine' => null,
    };
});
$pool->on('WorkerError', fn (Pool $pool, int $id, array $report) => $report['signal'] === SIGKILL || print json_encode($report) . "\n");
$pool->on('Start', function (Pool $pool) use ($queue) {
    Timer::tick(5, fn () => $queue->stats()['dead'] < 2 || $pool->shutdown());
});
$pool->start();
$dead = array_column($queue->dead(), 'reason', 'body');
ksort($dead);
foreach ($dead as $body => $reason) {
    echo "  $body: ", preg_replace('~ in /.*~', '', $reason), "\n";
}
echo counts($queue), "\n";

echo "what a pool refuses\n";
$refusals = [
    fn () => (new Pool(1, SWOOLE_IPC_UNIXSOCK))->consume($queue, 'strlen'),
    fn () => (new Pool(1, SWOOLE_IPC_NONE, 0, true))->consume($queue, 'strlen'),
    fn () => (new Pool(1))->consume(new stdClass(), 'strlen'),
    fn () => (new Pool(1))->consume($queue, 'no function'),
];
foreach ($refusals as $refused) {
    try {
        var_dump($refused());
    } catch (Throwable $e) {
        echo '  ', get_class($e), ': ', $e->getMessage(), "\n";
    }
}
$pool = new Pool(1);
$pool->consume($queue, 'strlen');
$pool->on('Start', function (Pool $pool) use ($queue) {
    var_dump(@$pool->consume($queue, 'strlen'));
    $pool->shutdown();
});
$pool->start();
?>
--EXPECT--
max_requests
bool(true)
int(100)
bool(true)
string(46) "{"waiting":0,"pending":0,"delayed":0,"dead":0}"
a stop while a message is handled
finished 1
{"waiting":4,"pending":0,"delayed":0,"dead":0}
workers that wait are stopped and reloaded at once
4 starts, {"waiting":0,"pending":0,"delayed":0,"dead":0}
timers of a worker run while it waits
a timer
from a timer in worker 0
handlers that throw, and workers that die
  kills: a worker has died with it, or was too slow
  throws: LogicException: it cannot be done
{"waiting":0,"pending":0,"delayed":0,"dead":2}
what a pool refuses
  Swoole\Exception: a pool with a queue must have the ipc_type SWOOLE_IPC_NONE, and no coroutines
  Swoole\Exception: a pool with a queue must have the ipc_type SWOOLE_IPC_NONE, and no coroutines
  ValueError: Swoole\Process\Pool::consume(): Argument #1 ($queue) must be a queue, such as Swoole\Process\RedisQueue
  TypeError: Swoole\Process\Pool::consume(): Argument #2 ($handler) must be a valid callback, function "no function" not found or invalid function name
bool(false)
