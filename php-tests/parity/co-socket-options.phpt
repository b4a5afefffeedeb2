--TEST--
getOption and setOption: integers, time-outs, type, errors.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: getOption and setOption: integers, time-outs, type, errors.
// Status: documented; the texts are accidental.
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\run;
run(function () {
    $s = new Socket(AF_INET, SOCK_STREAM, 0);
    var_dump($s->getOption(SOL_SOCKET, SO_REUSEADDR), $s->setOption(SOL_SOCKET, SO_REUSEADDR, 1), $s->getOption(SOL_SOCKET, SO_REUSEADDR));
    var_dump($s->getOption(SOL_SOCKET, SO_TYPE) === SOCK_STREAM, $s->getOption(SOL_SOCKET, SO_ERROR));
    var_dump($s->setOption(SOL_TCP, TCP_NODELAY, 1), $s->getOption(SOL_TCP, TCP_NODELAY));
    var_dump($s->setOption(SOL_SOCKET, SO_LINGER, ['l_onoff' => 1, 'l_linger' => 5]));
    echo json_encode($s->getOption(SOL_SOCKET, SO_LINGER)), "\n";
    var_dump($s->setOption(SOL_SOCKET, SO_SNDTIMEO, ['sec' => 2, 'usec' => 500000]));
    echo json_encode($s->getOption(SOL_SOCKET, SO_SNDTIMEO)), "\n";
    set_error_handler(function ($n, $m) { echo "[$n] ", preg_replace('/\(\d+(, [^)]*)?\)/', '(...)', $m), "\n"; return true; });
    var_dump($s->getOption(SOL_SOCKET, 9999), $s->setOption(SOL_SOCKET, 9999, 1));
});
--EXPECT--
int(0)
bool(true)
int(1)
bool(true)
int(0)
bool(true)
int(1)
bool(true)
{"l_onoff":1,"l_linger":5}
bool(true)
{"sec":2,"usec":500000}
[2] Swoole\Coroutine\Socket::getOption(): getsockopt(...), Error: Protocol not available[92]
[2] Swoole\Coroutine\Socket::setOption(): setsockopt(...) failed, Error: Protocol not available[92]
bool(false)
bool(false)
