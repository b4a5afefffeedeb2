--TEST--
bin/pool with jobs of a RedisQueue: a reload and a stop lose none, and a job that fails is tried again
--EXTENSIONS--
pcntl
posix
--SKIPIF--
<?php require __DIR__ . '/skip.inc'; ?>
--FILE--
<?php
require __DIR__ . '/support.inc';
require __DIR__ . '/../bin/support.inc';
use Swoole\Process\RedisQueue;

$server = Peer::redis();
$options = ['path' => $server->path, 'visibility' => 600, 'backoff' => 0];
file_put_contents('worker.php', '<?php $queue = new Swoole\Process\RedisQueue("jobs", ' . var_export($options, true) . <<<'PHP'
);
return function (Swoole\Process\Pool $pool, int $worker) use ($queue) {
    $message = $queue->pop(0.05);
    if ($message === null) {
        return;
    }
    $pool->progress("job $message->body");
    $pool->queueDepth($queue->stats()['waiting']);
    if ($message->body % 50 === 0 && $message->attempts === 1) {
        $message->release();
        return;
    }
    file_put_contents('done', "$message->body\n", FILE_APPEND);
    $message->ack();
};
PHP);
$queue = new RedisQueue('jobs', $options);
for ($n = 0; $n < 200; $n++) {
    $queue->push($n);
}
$pool = pool('run', '-n3', '--socket=a.sock', '--name=a', '--grace=60', 'worker.php');
$pool->hear('is ready');
for ($n = 200; $n < 400; $n++) {
    $queue->push($n);
    $n === 300 && print 'reload ' . pool_run('reload', '--socket=a.sock');
}
until(function () use ($queue) {
    ['waiting' => $waiting, 'pending' => $pending] = $queue->stats();
    return $waiting + $pending === 0;
});
echo 'stop ', pool_run('stop', '--socket=a.sock'), $pool->end()[0], "\n";
$done = file('done', FILE_IGNORE_NEW_LINES);
sort($done, SORT_NUMERIC);
var_dump($done == range(0, 399), array_slice($queue->stats(), 0, 4));
?>
--EXPECT--
reload 0
stop 0
0
bool(true)
array(4) {
  ["waiting"]=>
  int(0)
  ["pending"]=>
  int(0)
  ["delayed"]=>
  int(0)
  ["dead"]=>
  int(0)
}
