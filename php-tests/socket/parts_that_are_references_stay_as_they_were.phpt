--TEST--
readVectorAll() and writeVectorAll(): parts that are references stay as they were when the call began
--FILE--
<?php
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{go, run};

run(function () {
    [$from, $to] = array_map(Socket::import(...), stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0));
    $large = str_repeat('a', 4 << 20);
    go(function () use ($from, &$large) {
        var_dump($from->writeVectorAll([&$large, 'bcd']));
        $from->close();
    });
    // The other coroutine waits for room.
    $large = 'x';
    $lengths = [4 << 20, 3];
    $received = null;
    go(function () use ($to, &$lengths, &$received) {
        $received = $to->readVectorAll([&$lengths[0], &$lengths[1]]);
        echo implode(' ', array_map(strlen(...), $received)), ' ', $received[1], "\n";
    });
    if ($received === null) {
        [$lengths[0], $lengths[1]] = [1, 1];
    }
});
?>
--EXPECT--
int(4194307)
4194304 3 bcd
