--TEST--
in coroutine mode with unix sockets a pool needs no WorkerStart when it has Message
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Process;
use Swoole\Process\Pool;
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK, 0, true);
$pool->on('Start', fn (Pool $pool) => (new Process(fn () => $pool->sendMessage('text', 0), false, 0))->start());
$pool->on('Message', function (Pool $pool, string $text) {
    echo $text, Coroutine::getCid() > 0 ? ' in a coroutine' : '', "\n";
    $pool->shutdown();
});
var_dump($pool->start());
(new Pool(1, SWOOLE_IPC_UNIXSOCK, 0, true))->start();
?>
--EXPECTF--
text in a coroutine
NULL

Fatal error: Swoole\Process\Pool::start(): require 'onWorkerStart' callback in %s on line %d
