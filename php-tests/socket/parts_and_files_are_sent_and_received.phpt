--TEST--
readVector(), writeVector() and sendFile(): more parts than the kernel takes, little room, time limits, wrong values
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{go, run};

function pair(int $type = SOCK_STREAM): array
{
    return swoole_coroutine_socketpair(AF_UNIX, $type, 0);
}
function attempt(callable $call): void
{
    try {
        echo json_encode($call()), "\n";
    } catch (Throwable $e) {
        echo $e::class, ': ', $e->getMessage(), "\n";
    }
}
$file = tempnam(sys_get_temp_dir(), 'send');
file_put_contents($file, str_repeat('0123456789', 100_000));
run(function () use ($file) {
    echo "3000 parts through little room\n";
    [$a, $b] = pair();
    $a->setOption(SOL_SOCKET, SO_SNDBUF, 4096);
    $parts = array_map(fn (int $n) => str_repeat(chr(65 + $n % 26), $n), range(1, 3000));
    go(function () use ($a, $parts) {
        var_dump($a->writeVectorAll($parts) === array_sum(array_map(strlen(...), $parts)));
        $a->close();
    });
    var_dump($b->readVectorAll(array_map(strlen(...), $parts)) === $parts, $b->readVectorAll([1]));
    [$a, $b] = pair();
    $a->setOption(SOL_SOCKET, SO_SNDBUF, 4096);
    attempt(fn () => [$a->writeVectorAll([str_repeat('x', 100_000)], 0.01) < 100_000, $a->errCode === SOCKET_ETIMEDOUT]);
    attempt(fn () => [$a->writeVector(['x'], 0.01), $a->errCode === SOCKET_ETIMEDOUT]);

    echo "a time limit gives what has come\n";
    [$a, $b] = pair();
    $a->writeVector(['ab', 'c']);
    attempt(fn () => [$b->readVectorAll([2, 2, 2], 0.01), $b->errCode === SOCKET_ETIMEDOUT]);
    echo "an exception does not take it\n";
    $a->send('defg');
    $reader = go(fn () => attempt(fn () => $b->readVectorAll([2, 9])));
    Coroutine::cancel($reader, true);
    attempt(fn () => $b->readVector([1, 1, 9]));

    echo "messages\n";
    [$a, $b] = pair(SOCK_SEQPACKET);
    $a->writeVector(['one', 'message']);
    attempt(fn () => $b->readVector([2, 20, 3]));

    echo "wrong values\n";
    attempt(fn () => $a->writeVector([]));
    attempt(fn () => $a->writeVector(['a', null]));
    attempt(fn () => $a->writeVectorAll(['a', '']));
    attempt(fn () => $b->readVector([]));
    attempt(fn () => $b->readVector([1, -1]));
    attempt(fn () => $b->readVectorAll([1, 'a']));
    attempt(fn () => $b->readVectorAll([PHP_INT_MAX, PHP_INT_MAX], 0.01));

    echo "files\n";
    [$a, $b] = pair();
    $a->setOption(SOL_SOCKET, SO_SNDBUF, 4096);
    go(function () use ($a, $file) {
        var_dump($a->sendFile($file));
        var_dump($a->sendFile($file, 999_995), $a->sendFile($file, 3, 4));
        // It ends before the length that was said.
        var_dump($a->sendFile($file, 999_997, 10), $a->errCode === SOCKET_ENODATA);
        $a->close();
    });
    $whole = $b->recvAll(1_000_000);
    var_dump($whole === file_get_contents($file), $b->recvAll(100));
    [$a, $b] = pair();
    foreach ([['', 0, 0], ["nul\0", 0, 0], ['/no/such', 0, 0], ['/tmp', 0, 0], [$file, -1, 0], [$file, 0, -1]] as $arguments) {
        attempt(fn () => [@$a->sendFile(...$arguments), $a->errMsg]);
    }
    $b->close();
    attempt(fn () => [$a->sendFile($file), $a->errMsg]);
    $a->close();
    attempt(fn () => [$a->sendFile($file), $a->errMsg]);
    attempt(fn () => $a->readVector([1]));
});
unlink($file);
?>
--EXPECT--
3000 parts through little room
bool(true)
bool(true)
array(0) {
}
[true,true]
[false,true]
a time limit gives what has come
[["ab","c"],true]
an exception does not take it
Swoole\Coroutine\CanceledException: 
["d","e","fg"]
messages
["on","emessage"]
wrong values
0
Swoole\Coroutine\Socket\Exception: Item #[1] must be of type string, null given
Swoole\Coroutine\Socket\Exception: Item #[1] cannot be empty string
[]
Swoole\Coroutine\Socket\Exception: Item #[1] must be greater than 0
Swoole\Coroutine\Socket\Exception: Item #[1] must be of type int, string given
false
files
bool(true)
bool(true)
bool(true)
bool(false)
bool(true)
bool(true)
string(12) "567893456789"
[false,""]
[false,"Invalid argument"]
[false,"No such file or directory"]
[false,"Invalid argument"]
[false,"Invalid argument"]
[false,"Invalid argument"]
[false,"Broken pipe"]
[false,"Bad file descriptor"]
false
