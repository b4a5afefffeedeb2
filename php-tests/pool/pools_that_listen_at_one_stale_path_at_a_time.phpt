--TEST--
of pools that listen at one moment at a path which a dead one has left, exactly one listens there
--EXTENSIONS--
pcntl
posix
sockets
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
$path = sys_get_temp_dir() . '/stale-' . getmypid() . '.sock';
$wrong = 0;
for ($round = 0; $round < 60; $round++) {
    $stale = socket_create(AF_UNIX, SOCK_STREAM, 0);
    socket_bind($stale, $path);
    socket_close($stale);
    [$wire, $go, $end] = [new Wire(), new Wire(), new Wire()];
    $children = [];
    for ($i = 0; $i < 4; $i++) {
        $children[] = apart(function () use ($path, $wire, $go, $end) {
            $pool = new Pool(1, SWOOLE_IPC_SOCKET);
            // All of them hear the end at one moment, which comes when nobody tells any more.
            $go->listen();
            $end->listen();
            $wire->tell('ready');
            $go->hear();
            $wire->tell(@$pool->listen("unix:$path"));
            $end->hear();
            posix_kill(getmypid(), SIGKILL);
        });
    }
    for ($i = 0; $i < 4; $i++) {
        $wire->hear();
    }
    $go = null;
    $won = array_count_values($wire->hearSorted(4)) + ['true' => 0];
    $client = @stream_socket_client("unix://$path");
    $wrong += (int) ($won['true'] !== 1 || $client === false);
    $end = null;
    array_map('ending_of', $children);
    @unlink($path);
}
echo "$wrong rounds wrong\n";
?>
--EXPECT--
0 rounds wrong
