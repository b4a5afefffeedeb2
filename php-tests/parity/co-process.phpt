--TEST--
a process with enable_coroutine: the callback is a coroutine, the child ends when all of its coroutines have ended.
--FILE--
<?php
// Pins: a process with enable_coroutine: the callback is a coroutine, the child ends when all of its coroutines have ended.
// Status: documented.
use Swoole\{Process, Coroutine};
function start(Process $p) { $p->start(); $r = Process::wait(); echo "code={$r['code']} signal={$r['signal']}\n"; }
start(new Process(function (Process $p) {
    echo 'cid ', Coroutine::getCid(), ' pcid ', json_encode(Coroutine::getPcid()), "\n";
    go(function () { Coroutine::sleep(0.05); echo "late coroutine\n"; });
    Coroutine::defer(fn () => print("deferred\n"));
    echo "callback ends\n";
}, false, 0, true));
$p = new Process(function () { echo 'by set(): ', json_encode(Coroutine::getCid() > 0), "\n"; }, false, 0);
$p->set(['enable_coroutine' => true]);
start($p);
$p = new Process(function () { echo 'switched off: ', json_encode(Coroutine::getCid()), "\n"; }, false, 0, true);
$p->set(['enable_coroutine' => false]);
start($p);
start(new Process(function () { Coroutine\run(fn () => print('run inside: ' . json_encode(Coroutine::getCid() > 0) . "\n")); }, false, 0));
--EXPECT--
cid 1 pcid -1
callback ends
deferred
late coroutine
code=0 signal=0
by set(): true
code=0 signal=0
switched off: -1
code=0 signal=0
run inside: true
code=0 signal=0
