--TEST--
a message for a worker that is removed while its sender waits for room is sent and handled
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\Atomic;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
foreach ([false, true] as $coroutine) {
    $wire = new Wire();
    $sender = new Atomic();
    $pool = new Pool(2, SWOOLE_IPC_UNIXSOCK, 0, $coroutine);
    $pool->set(['max_wait_time' => 60]);
    $pool->on('Start', function (Pool $pool) {
        // Until the socket of worker 1 is full.
        while (@$pool->sendMessage(str_repeat('x', 100000), 1));
    });
    $pool->on('WorkerStart', function (Pool $pool, int $id) use ($wire, $sender) {
        if ($id === 0) {
            $sender->set(getmypid());
            $wire->tell('sent', $pool->sendMessage('last', 1));
            $pool->shutdown();
            return;
        }
        until(fn () => $sender->get() > 0);
        if ($pool->stats()['workers'][1]['restarts'] > 0) {
            // The message has come when the first process was about to exit.
            return;
        }
        until_asleep($sender->get());
        $pool->resize(1);
        until(fn () => $pool->stats()['workers'][1]['state'] === 'stopping');
    });
    $pool->on('Message', function (Pool $pool, string $message) use ($wire) {
        if ($message === 'last') {
            $wire->tell('handled');
        }
    });
    $pool->start();
    $lines = $wire->hearAll();
    sort($lines);
    echo $coroutine ? 'a coroutine: ' : 'a worker: ', implode(', ', $lines), "\n";
}
?>
--EXPECT--
a worker: handled, sent true
a coroutine: handled, sent true
