--TEST--
a pool that is stopped while its workers begin loses none of the messages that wait for them
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process\Pool;

foreach ([false, true] as $coroutine) {
    $file = tempnam(sys_get_temp_dir(), 'pool');
    $pool = new Pool(4, SWOOLE_IPC_UNIXSOCK, 0, $coroutine);
    $pool->on('Start', function (Pool $pool) {
        for ($i = 0; $i < 20; $i++) {
            $pool->sendMessage('x', $i % 4);
        }
        // The master hears of it when it has forked its workers, and asks them to stop at once.
        $pool->shutdown();
    });
    $pool->on('WorkerStart', fn () => null);
    $pool->on('Message', fn (Pool $pool, string $data) => file_put_contents($file, $data, FILE_APPEND));
    var_dump($pool->start(), file_get_contents($file));
    unlink($file);
}
?>
--EXPECT--
NULL
string(20) "xxxxxxxxxxxxxxxxxxxx"
NULL
string(20) "xxxxxxxxxxxxxxxxxxxx"
