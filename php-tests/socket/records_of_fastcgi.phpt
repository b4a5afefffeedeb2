--TEST--
Coroutine\Socket: open_fastcgi_protocol receives records of FastCGI
--FILE--
<?php
use function Swoole\Coroutine\{go, run};

run(function () {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    var_dump($b->setProtocol(['open_fastcgi_protocol' => true, 'package_max_length' => 1000]));
    $record = fn (int $kind, string $content, int $padding = 0) =>
        pack('CCnnCC', 1, $kind, 1, strlen($content), $padding, 0) . $content . str_repeat("\0", $padding);
    $all = $record(1, 'begin', 3) . $record(5, '') . $record(6, str_repeat('x', 400));
    go(function () use ($a, $all) {
        foreach (str_split($all, 7) as $part) {
            $a->sendAll($part);
        }
    });
    foreach ([16, 8, 408] as $size) {
        $packet = $b->recvPacket(5);
        var_dump(strlen($packet) === $size, ord($packet[1]));
    }
    $a->sendAll($record(6, str_repeat('y', 2000)));
    var_dump($b->recvPacket(5), $b->errCode === SWOOLE_ERROR_PACKAGE_LENGTH_TOO_LARGE);
});
?>
--EXPECT--
bool(true)
bool(true)
int(1)
bool(true)
int(5)
bool(true)
int(6)
bool(false)
bool(true)
