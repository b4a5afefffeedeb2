--TEST--
sendMessage() to a full worker waits; to itself, and from the master, it fails with a warning instead
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
foreach (['', 'bus'] as $bus) {
    $wire = new Wire();
    $pool = new Pool(2, SWOOLE_IPC_UNIXSOCK);
    $pool->set(['enable_message_bus' => $bus === 'bus']);
    $text = str_repeat('x', $bus ? 200000 : 100000);
    $sent = 0;
    $pool->on('Start', function (Pool $pool) use ($text, $wire, &$sent) {
        while (@$pool->sendMessage($text, 0)) {
            $sent++;
        }
        // EAGAIN.
        $wire->tell('the master has filled it', $sent > 10, error_get_last()['message'], swoole_last_error() === 11);
    });
    $pool->on('WorkerStart', function (Pool $pool, int $id) use ($wire, $text) {
        if ($id === 0) {
            $wire->tell('itself', @$pool->sendMessage($text, 0));
            return;
        }
        // Room comes when worker 0 reads.
        $wire->tell('another one', $pool->sendMessage($text, 0) && $pool->sendMessage('last', 0));
    });
    $count = 0;
    $pool->on('Message', function (Pool $pool, string $message) use (&$count, &$sent, $wire) {
        if ($message === 'last') {
            $wire->tell('none is lost', $count === $sent + 1);
            $pool->shutdown();
        }
        $count++;
    });
    $pool->start();
    $lines = $wire->hearAll();
    sort($lines);
    echo implode("\n", $lines), "\n";
}
?>
--EXPECT--
another one true
itself false
none is lost true
the master has filled it true Swoole\Process\Pool::sendMessage(): sendmsg() failed, Error: Resource temporarily unavailable[11] true
another one true
itself false
none is lost true
the master has filled it true Swoole\Process\Pool::sendMessage(): sendmsg() failed, Error: Resource temporarily unavailable[11] true
