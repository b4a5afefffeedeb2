--TEST--
sendHandle() and receiveHandle() of processes and sockets let other coroutines run while they wait, and end in time
--EXTENSIONS--
sockets
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Socket;
use Swoole\Process;
use function Swoole\Coroutine\{go, run};

require __DIR__ . '/../support.inc';

foreach (TYPES as $name => $type) {
    echo "$name\n";
    $p = new Process(function (Process $p) {
        // Once it is told to.
        $p->read();
        $p->sendHandle(fopen(__FILE__, 'r'), 'from the child');
        $p->write('bye');
    }, false, $type);
    $p->start();
    run(function () use ($p) {
        go(function () use ($p) {
            var_dump($p->receiveHandle(0.01), swoole_last_error() === SOCKET_ETIMEDOUT || swoole_last_error() === 6002);
            echo "waits\n";
            $file = $p->receiveHandle(10, $data);
            echo "$data: ", fgets($file), "\n";
        });
        echo "goes on\n";
        Coroutine::sleep(0.05);
        $p->write('go');
    });
    echo $p->read(), "\n", ending(Process::wait()), "\n";
}

run(function () {
    foreach (['stream' => SOCK_STREAM, 'datagram' => SOCK_DGRAM] as $name => $type) {
        [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, $type, 0);
        // Full, until somebody receives. The handle that waits is a copy: this one is closed meanwhile.
        $a->setOption(SOL_SOCKET, SO_SNDBUF, 4096);
        for ($sent = 0; @$a->send(str_repeat('x', 500), 0.001) === 500; $sent++);
        $file = fopen(__FILE__, 'r');
        go(function () use ($a, $file) {
            var_dump($a->sendHandle($file, 'late'));
        });
        fclose($file);
        for ($left = $sent * 500; $left > 0; $left -= strlen($b->recv(500, 5)));
        var_dump(fgets($b->receiveHandle(5, $data)), $data);

        // Cancelled, and closed.
        go(function () use ($b) {
            var_dump($b->receiveHandle(-1), $b->errCode === SOCKET_ECANCELED);
        });
        $b->cancel();
        go(function () use ($b) {
            var_dump($b->receiveHandle(), $b->errCode === SOCKET_ECANCELED);
        });
        $b->close();
        var_dump($b->receiveHandle(), $b->errCode === SOCKET_EBADF, $b->sendHandle(STDIN), $b->errCode === SOCKET_EBADF);
    }
});
?>
--EXPECT--
stream
goes on
bool(false)
bool(true)
waits
from the child: <?php

bye
code 0
message
goes on
bool(false)
bool(true)
waits
from the child: <?php

bye
code 0
bool(true)
string(6) "<?php
"
string(4) "late"
bool(false)
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
bool(true)
string(6) "<?php
"
string(4) "late"
bool(false)
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
