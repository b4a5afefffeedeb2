--TEST--
writeVector, writeVectorAll, readVector, readVectorAll: return values and how the data is spread.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: writeVector, writeVectorAll, readVector, readVectorAll: return values and how the data is spread.
// Status: documented; the texts are accidental.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
run(function () {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    var_dump($a->writeVector(['ab', 'cde', 'f']), $a->writeVectorAll(['ghij', 'k']));
    echo json_encode($b->readVector([3, 2])), ' ', json_encode($b->readVectorAll([1, 4])), ' ', json_encode($b->readVector([10, 10])), "\n";
    go(function () use ($a) { Coroutine::sleep(0.02); $a->send('xy'); Coroutine::sleep(0.02); $a->send('z!'); });
    echo json_encode($b->readVectorAll([1, 3], 1)), "\n";
    var_dump($b->readVector([5], 0.03), $b->errCode === SOCKET_ETIMEDOUT);
    $a->send('end');
    $a->close();
    $a = null;
    echo json_encode($b->readVectorAll([2, 2, 2], 1)), ' ', json_encode($b->readVector([2])), "\n";
    foreach ([fn () => $b->readVector(['x']), fn () => $b->readVector([0]), fn () => $b->writeVector([1]), fn () => $b->writeVector([''])] as $f) {
        try {
            var_dump($f());
        } catch (Throwable $e) {
            echo get_class($e), ': ', $e->getMessage(), "\n";
        }
    }
});
--EXPECT--
int(6)
int(5)
["abc","de"] ["f","ghij"] ["k"]
["x","yz!"]
bool(false)
bool(true)
["en","d"] []
Swoole\Coroutine\Socket\Exception: Item #[0] must be of type int, string given
array(0) {
}
Swoole\Coroutine\Socket\Exception: Item #[0] must be of type string, int given
Swoole\Coroutine\Socket\Exception: Item #[0] cannot be empty string
