--TEST--
exportSocket() in the child of a coroutine process, with the parent's exported socket at the other end.
--FILE--
<?php
// Pins: exportSocket() in the child of a coroutine process, with the parent's exported socket at the other end.
// Status: documented.
use Swoole\{Process, Coroutine};
use function Swoole\Coroutine\{run, go};
$p = new Process(function (Process $p) {
    $s = $p->exportSocket();
    go(function () { for ($i = 0; $i < 3; $i++) { Coroutine::sleep(0.02); } });
    for ($i = 0; $i < 3; $i++) {
        $n = (int) $s->recv();
        Coroutine::sleep(0.01);
        $s->send((string) ($n + 1));
    }
    $s->send('in a coroutine: ' . json_encode(Coroutine::getCid() > 0));
}, false, Process::PIPE_TYPE_DGRAM, true);
$p->start();
run(function () use ($p) {
    $s = $p->exportSocket();
    for ($i = 0; $i < 3; $i++) {
        $s->send((string) (10 * $i));
        echo $s->recv(10, 1), "\n";
    }
    echo $s->recv(100, 1), "\n";
    $r = Coroutine\System::waitPid($p->pid, 1);
    echo "code={$r['code']} signal={$r['signal']}\n";
});
--EXPECT--
1
11
21
in a coroutine: true
code=0 signal=0
