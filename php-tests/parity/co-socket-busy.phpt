--TEST--
two coroutines that read the same socket at once are a fatal error; one that reads and one that writes are fine.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: two coroutines that read the same socket at once are a fatal error; one that reads and one that writes are fine.
// Status: documented; the text is accidental.
use Swoole\Process;
use function Swoole\Coroutine\{run, go};
$p = new Process(function () {
    run(function () {
        [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
        go(function () use ($a) { $r = $a->recv(10, 1); echo "reader got $r\n"; });
        go(function () use ($a) { $r = $a->send('from the writer'); echo "writer sent $r\n"; });
        echo 'peer got ', $b->recv(100, 1), "\n";
        go(function () use ($a) { $a->recv(10, 1); echo "not reached\n"; });
    });
}, true);
$p->start();
$p->close(Process::PIPE_WORKER);
for ($s = ''; ($x = $p->read()) !== '' && $x !== false; ) {
    $s .= $x;
}
$s = preg_replace(['/Socket#\d+/', '/coroutine#\d+/i', '/Coroutine-\d+/'], ['Socket#N', 'coroutine#N', 'Coroutine-N'], $s);
echo strstr($s, 'is not allowed', true), "is not allowed\n";
$r = Process::wait();
echo "code={$r['code']} signal={$r['signal']}\n";
--EXPECT--
writer sent 15
peer got from the writer

Fatal error: Uncaught Swoole\Error: Socket#N has already been bound to another coroutine#N, reading of the same socket in coroutine#N at the same time is not allowed
code=255 signal=0
