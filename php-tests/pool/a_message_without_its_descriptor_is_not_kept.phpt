--TEST--
With keep_message, a message is not handled again if the worker had no descriptor free for the rest of it
--SKIPIF--
<?php function_exists('posix_setrlimit') || die('skip needs posix'); ?>
--FILE--
<?php
use Swoole\{Atomic, Process\Pool};

$messages = [
    'text' => fn (Pool $pool) => $pool->sendMessage(str_repeat('x', 100_000), 0),
    'handle' => fn (Pool $pool) => $pool->getProcess(0)->sendHandle(fopen(__FILE__, 'r')),
];
foreach ($messages as $name => $send) {
    $starts = new Atomic();
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
    $pool->set(['enable_message_bus' => true, 'keep_message' => '512K', 'max_retries' => 1, 'restart_delay' => 0.001,
        'log_level' => SWOOLE_LOG_NONE]);
    $pool->on('WorkerStart', function () use ($starts) {
        if ($starts->add() === 1) {
            posix_setrlimit(POSIX_RLIMIT_NOFILE, 100, 100);
            while ($GLOBALS['open'][] = @fopen('/dev/null', 'r'));
        }
    });
    $pool->on('Start', fn (Pool $pool) => $send($pool) && $pool->sendMessage('end', 0));
    $pool->on('Message', function (Pool $pool, string $text) use ($name) {
        echo "$name: ", strlen($text), " bytes\n";
        $pool->shutdown();
    });
    $pool->on('WorkerError', function (Pool $pool, int $id, array $report) use ($name) {
        echo "$name: ", array_key_exists('message', $report) ? 'kept' : 'lost', "\n";
    });
    $pool->start();
}
?>
--EXPECT--
text: lost
text: 3 bytes
handle: lost
handle: 3 bytes
