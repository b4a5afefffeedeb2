--TEST--
the setting in php.ini, a child of its own, a busy function that is called by the engine, a busy fiber
--INI--
swoole.enable_preemptive_scheduler=On
--FILE--
<?php
use Swoole\{Coroutine, Event, Process};
use function Swoole\Coroutine\{run, go};
function busy(string $what, callable $how): void {
    $busy = true;
    go(function () use (&$busy, $what, $how) {
        $how(function () use (&$busy) {
            while ($busy) {
            }
            return true;
        });
        echo "$what ends\n";
    });
    $busy = false;
    Event::wait();
}
busy('plain', fn ($f) => $f());
busy('array_map', fn ($f) => array_map($f, [1]));
busy('fiber', fn ($f) => (new Fiber($f))->start());
busy('generator', fn ($f) => iterator_to_array((function () use ($f) { yield $f(); })()));
$p = new Process(fn () => busy('child', fn ($f) => $f()), false, 0);
$p->start();
Process::wait();
$p = new Process(function () { busy('coroutine of a child', fn ($f) => $f()); }, false, 0);
$p->start();
echo Process::wait()['code'], "\n";
?>
--EXPECT--
plain ends
array_map ends
fiber ends
generator ends
child ends
coroutine of a child ends
0
