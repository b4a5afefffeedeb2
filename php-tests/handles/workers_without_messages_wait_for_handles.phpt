--TEST--
workers of a pool without onMessage wait in receiveHandle(), and a worker that was started again gets what waits for it
--FILE--
<?php
use Swoole\Process\Pool;

require __DIR__ . '/../support.inc';

$pool = new Pool(2, SWOOLE_IPC_UNIXSOCK, 0, true);
$pool->on('WorkerStart', function (Pool $pool, int $id) {
    if ($id === 0) {
        $connection = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        $pool->getProcess(1)->sendHandle($connection[1], 'first');
        $pool->getProcess(1)->sendHandle($connection[1], 'second');
        unset($connection[1]);
        echo stream_get_contents($connection[0]);
        $pool->shutdown();
        return;
    }
    $connection = $pool->getProcess()->receiveHandle(10, $data);
    fwrite($connection, "$data, through the worker's own connection\n");
});
$pool->start();
?>
--EXPECT--
first, through the worker's own connection
second, through the worker's own connection
