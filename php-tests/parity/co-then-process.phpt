--TEST--
a process may be made and started after run() has returned, and may use run() itself; its only coroutines are its own.
--FILE--
<?php
// Pins: a process may be made and started after run() has returned, and may use run() itself; its only coroutines are its own.
// Status: documented in part.
use Swoole\{Process, Coroutine};
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\{run, go};
run(function () { $c = new Channel(1); go(fn () => $c->push('x')); echo $c->pop(), "\n"; Coroutine::sleep(0.01); });
for ($i = 1; $i <= 2; $i++) {
    $p = new Process(function (Process $p) use ($i) {
        run(function () use ($p, $i) {
            $c = new Channel(1);
            go(function () use ($c) { Coroutine::sleep(0.02); $c->push('from a coroutine of the child'); });
            $p->write("$i " . $c->pop() . ' ' . Coroutine::stats()['coroutine_num']);
        });
        exit($i);
    });
    $p->start();
    echo $p->read(), "\n";
    $r = Process::wait();
    echo "code={$r['code']} signal={$r['signal']}\n";
}
run(fn () => print("parent runs again\n"));
--EXPECT--
x
1 from a coroutine of the child 2
code=1 signal=0
2 from a coroutine of the child 2
code=2 signal=0
parent runs again
