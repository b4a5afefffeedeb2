--TEST--
send() and receive() let other coroutines run while they wait, and end in time or when they are cancelled
--EXTENSIONS--
sockets
--INI--
swoole.socket_buffer_size=16384
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use Swoole\Process;
use function Swoole\Coroutine\{go, run};

require __DIR__ . '/../support.inc';

foreach (TYPES as $name => $type) {
    echo "$name\n";
    [$go, $told] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $p = new Process(function (Process $p) use ($told) {
        fgets($told);
        for ($count = 0; $p->receive() !== 'last'; $count++);
        $p->send(['count' => $count]);
        $p->receive();
    }, false, $type);
    $p->start();
    run(function () use ($p, $go) {
        $late = new Channel(1);
        $sent = 0;
        go(function () use ($p, $late) {
            var_dump($p->receive(0.01, $received), $received);
            $late->push(true);
            var_dump($p->receive(10)['count']);
        });
        go(function () use ($p, &$sent) {
            for (; $sent < 500; $sent++) {
                if (!$p->send(str_repeat('x', 1000))) {
                    echo "not sent\n";
                }
            }
            $p->send('last');
        });
        echo "goes on\n";
        $late->pop();
        var_dump($sent > 0 && $sent < 500);
        fwrite($go, "go\n");
    });
    run(function () use ($p) {
        $cid = go(function () use ($p) {
            var_dump($p->receive(-1, $received), $received, swoole_last_error() === SOCKET_ECANCELED);
        });
        Coroutine::cancel($cid);
        $p->send('bye');
        var_dump($p->receive(10, $received), $received, swoole_last_error() === SOCKET_ECONNRESET);
    });
    echo ending(Process::wait()), "\n";
}
?>
--EXPECT--
stream
goes on
bool(false)
bool(false)
bool(true)
int(500)
bool(false)
bool(false)
bool(true)
bool(false)
bool(false)
bool(true)
code 0
message
goes on
bool(false)
bool(false)
bool(true)
int(500)
bool(false)
bool(false)
bool(true)
bool(false)
bool(false)
bool(true)
code 0
