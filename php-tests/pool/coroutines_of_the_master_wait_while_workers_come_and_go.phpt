--TEST--
coroutines of the master that wait while workers are forked go on there, and in no worker
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
$wire = new Wire();
$master = getmypid();
log_file();
$pool = new Pool(2);
$pool->set(['restart_delay' => 0]);
$channel = new Channel(1);
$pool->on('Start', function (Pool $pool) use ($wire, $master, $channel) {
    go(function () use ($pool, $wire, $master, $channel) {
        try {
            while ($pool->stats()['restarts'] < 20) {
                Coroutine::sleep(0.001);
            }
            $channel->push('enough');
        } finally {
            $wire->tell('sleeper', getmypid() === $master);
        }
    });
    go(function () use ($pool, $wire, $master, $channel) {
        $wire->tell('channel', $channel->pop(), getmypid() === $master);
        $pool->shutdown();
    });
});
$pool->on('WorkerStart', fn () => usleep(1000));
$pool->start();
echo implode(', ', $wire->hearAll()), "\n";
?>
--EXPECT--
channel enough true, sleeper true
