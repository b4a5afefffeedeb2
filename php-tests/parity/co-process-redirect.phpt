--TEST--
a coroutine process with redirected output: echo from several coroutines reaches the parent in order, before the end of file.
--FILE--
<?php
// Pins: a coroutine process with redirected output: echo from several coroutines reaches the parent in order, before the end of file.
// Status: documented in part.
use Swoole\{Process, Coroutine};
$p = new Process(function () {
    for ($i = 1; $i <= 3; $i++) {
        go(function () use ($i) { Coroutine::sleep(0.06 * $i); echo "coroutine $i\n"; });
    }
    echo "main\n";
}, true, 1, true);
$p->start();
$p->close(Process::PIPE_WORKER);
for ($s = ''; ($x = $p->read()) !== '' && $x !== false; ) {
    $s .= $x;
}
echo $s;
$r = Process::wait();
echo "code={$r['code']} signal={$r['signal']}\n";
--EXPECT--
main
coroutine 1
coroutine 2
coroutine 3
code=0 signal=0
