--TEST--
setProtocol with package_length_func: the function gets the data so far and returns the length, 0 for more, -1 for an error.
--EXTENSIONS--
ctype
sockets
--FILE--
<?php
// Pins: setProtocol with package_length_func: the function gets the data so far and returns the length, 0 for more, -1 for an error.
// Status: documented.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
run(function () {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $b->setProtocol(['open_length_check' => true, 'package_length_func' => function (string $data) {
        if (strlen($data) < 3) {
            return 0;
        }
        return ctype_digit(substr($data, 0, 3)) ? 3 + (int) substr($data, 0, 3) : -1;
    }]);
    $a->send('005abcde002xy');
    go(function () use ($a) { Coroutine::sleep(0.03); $a->send('00'); Coroutine::sleep(0.03); $a->send('4wxyz'); Coroutine::sleep(0.03); $a->send('bad'); });
    for ($i = 0; $i < 3; $i++) {
        echo json_encode($b->recvPacket(1)), "\n";
    }
    var_dump($b->recvPacket(1));
});
--EXPECT--
"005abcde"
"002xy"
"004wxyz"
string(0) ""
