<?php
// A pool behind a unix socket: each connection brings one request and takes one answer, both with their length in front
// (four bytes, the highest first). Any program in any language can be the client.
//
//   scripts/php examples/pool_server.php    from the checkout
//   php examples/pool_server.php            where the extension is installed

use Swoole\Process;
use Swoole\Process\Pool;

/** What a client does. */
function ask(string $path, string $question): string
{
    $socket = stream_socket_client("unix://$path");
    // A pool that does not take the question closes the connection: PHP reports that with a notice, and the answer is ''.
    @fwrite($socket, pack('N', strlen($question)) . $question);
    $answer = (string) @stream_get_contents($socket);
    return substr($answer, 4);
}

$path = sys_get_temp_dir() . '/pool-server-' . getmypid() . '.sock';
$pool = new Pool(2, SWOOLE_IPC_SOCKET);
$pool->set(['max_package_size' => 65536]);
$pool->listen("unix:$path");

$pool->on('Message', function (Pool $pool, string $question) {
    // The answer may be written in pieces; it is sent when the handler returns.
    $pool->write(strrev($question));
    $pool->write(" (worker $pool->workerId)");
});

$pool->on('Start', function (Pool $pool) use ($path) {
    $client = new Process(function () use ($pool, $path) {
        foreach (['stressed', 'drawer', 'repaid'] as $word) {
            echo "$word: ", preg_replace('/\d/', 'N', ask($path, $word)), "\n";
        }
        // One that is larger than the pool takes is dropped.
        echo 'too large: ', var_export(ask($path, str_repeat('x', 70000)), true), "\n";
        $stats = $pool->stats();
        echo "$stats[messages] requests answered by ", count($stats['workers']), " workers\n";
        $pool->shutdown();
    }, false, Process::PIPE_TYPE_NONE);
    $client->start();
});

$pool->start();
// The socket belongs to the object, which could be started again.
unset($pool);
clearstatcache();
echo file_exists($path) ? "the socket is still there\n" : "the socket is gone\n";
