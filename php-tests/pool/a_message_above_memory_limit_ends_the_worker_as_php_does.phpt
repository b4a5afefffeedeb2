--TEST--
a message larger than memory_limit ends the worker by the fatal error of PHP, and the next worker goes on
--FILE--
<?php
use Swoole\Process\Pool;

ini_set('display_errors', '0');
ini_set('log_errors', '0');
foreach ([false, true] as $coroutine) {
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK, 0, $coroutine);
    $pool->set(['enable_message_bus' => true, 'max_package_size' => 1 << 30, 'restart_delay' => 0.001]);
    $pool->on('WorkerStart', function (Pool $pool): void {
        if (swoole_started() === 1) {
            $pool->sendMessage(str_repeat('x', 40 << 20), 0);
            gc_mem_caches();
            ini_set('memory_limit', '16M');
            register_shutdown_function(fn () => print(substr(error_get_last()['message'], 0, 44) . "\n"));
        } else {
            $pool->sendMessage('small', 0);
        }
    });
    $pool->on('Message', function (Pool $pool, string $data): void {
        echo strlen($data), "\n";
        $pool->shutdown();
    });
    $file = tempnam(sys_get_temp_dir(), 'starts');
    $pool->start();
    unlink($file);
}

/** Which worker it is. */
function swoole_started(): int
{
    file_put_contents($GLOBALS['file'], 'x', FILE_APPEND);
    return strlen(file_get_contents($GLOBALS['file']));
}
?>
--EXPECTREGEX--
(\[.*\n)?Allowed memory size of 16777216 bytes exhaus
(\[.*\n)*5
(\[.*\n)?Allowed memory size of 16777216 bytes exhaus
(\[.*\n)*5
