--TEST--
sendFile: the whole file, offset and length, a missing file, an empty file.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: sendFile: the whole file, offset and length, a missing file, an empty file.
// Status: documented; the texts are accidental.
use function Swoole\Coroutine\{run, go};
$name = tempnam(sys_get_temp_dir(), 'sf');
file_put_contents($name, implode('', range('a', 'z')) . str_repeat('#', 300000));
$empty = tempnam(sys_get_temp_dir(), 'sf');
run(function () use ($name, $empty) {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    var_dump($a->sendFile($name, 3, 5));
    echo $b->recv(100, 1), "\n";
    go(function () use (&$a, $name) { var_dump($a->sendFile($name)); $a->close(); $a = null; });
    $s = $b->recvAll(400000, 1);
    var_dump(strlen($s), $s === file_get_contents($name));
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    var_dump(@$a->sendFile('/no/such/file'), $a->errCode === SOCKET_ENOENT || $a->errCode === 2);
    var_dump($a->sendFile(''));
    var_dump(@$a->sendFile($empty), @$a->sendFile($name, 999999));
});
unlink($name);
unlink($empty);
--EXPECTF--
bool(true)
defgh
bool(true)
int(300026)
bool(true)
bool(false)
bool(true)

Warning: Swoole\Coroutine\Socket::sendFile(): file to send is empty in %s on line %d
bool(false)
bool(true)
bool(true)
