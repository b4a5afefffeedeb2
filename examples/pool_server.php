<?php
// A pool behind a unix socket: each connection carries one request and one answer, both with their length in front (four
// bytes, big-endian). The client may be any program in any language.
//
//   scripts/php examples/pool_server.php    from the checkout
//   php examples/pool_server.php            where the extension is installed

use Swoole\Process;
use Swoole\Process\Pool;

/** A client: sends a request and returns the answer. */
function ask(string $path, string $question): string
{
    $socket = stream_socket_client("unix://$path");
    // A pool that refuses the request closes the connection: PHP reports that with a notice, and the answer is ''.
    @fwrite($socket, pack('N', strlen($question)) . $question);
    $answer = (string) @stream_get_contents($socket);
    return substr($answer, 4);
}

$path = sys_get_temp_dir() . '/pool-server-' . getmypid() . '.sock';
$pool = new Pool(2, SWOOLE_IPC_SOCKET);
$pool->set(['max_package_size' => 65536]);
$pool->listen("unix:$path");

$pool->on('Message', function (Pool $pool, string $question) {
    // The answer may be written in pieces. It is sent when the handler returns.
    $pool->write(strrev($question));
    $pool->write(" (worker $pool->workerId)");
});

$pool->on('Start', function (Pool $pool) use ($path) {
    $client = new Process(function () use ($pool, $path) {
        foreach (['stressed', 'drawer', 'repaid'] as $word) {
            echo "$word: ", preg_replace('/\d/', 'N', ask($path, $word)), "\n";
        }
        // A request larger than max_package_size is refused.
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
