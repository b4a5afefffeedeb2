--TEST--
a raw socket connects without a port, and gets the answer to an echo request
--SKIPIF--
<?php
use Swoole\Coroutine\Socket;
try {
    new Socket(AF_INET, SOCK_RAW, 1);
} catch (Swoole\Coroutine\Socket\Exception) {
    die('skip raw sockets need a privilege');
}
?>
--FILE--
<?php
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\run;
run(function () {
    $socket = new Socket(AF_INET, SOCK_RAW, 1);
    var_dump($socket->connect('127.0.0.1'));
    // An echo request: type, code, sum, number, sequence.
    $sum = fn (string $data) => 0xffff - array_sum(unpack('n*', $data)) % 0xffff;
    $number = getmypid() & 0xffff;
    $packet = fn (int $sum) => pack('CCnnn', 8, 0, $sum, $number, 1);
    var_dump($socket->send($packet($sum($packet(0)))));
    do {
        $answer = unpack('Ctype/Ccode/nsum/nnumber', substr($socket->recv(1000, 5), 20));
    } while ($answer['type'] !== 0 || $answer['number'] !== $number);
    echo "answered\n";
    foreach ([SOCK_STREAM, SOCK_DGRAM] as $type) {
        var_dump((new Socket(AF_INET, $type))->connect('127.0.0.1'));
    }
});
?>
--EXPECTF--
bool(true)
int(8)
answered

Warning: Swoole\Coroutine\Socket::connect(): Socket of type AF_INET/AF_INET6 requires port argument in %s on line %d
bool(false)

Warning: Swoole\Coroutine\Socket::connect(): Socket of type AF_INET/AF_INET6 requires port argument in %s on line %d
bool(false)
