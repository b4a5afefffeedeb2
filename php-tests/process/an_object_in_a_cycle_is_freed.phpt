--TEST--
an object that its own callback holds is freed by the cycle collector, and its descriptors with it
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
gc_collect_cycles();
$before = sockets();
for ($n = 0; $n < 10; $n++) {
    $p = new Process(function () use (&$p) {
        return $p;
    });
    unset($p);
    // By the object that the closure is bound to.
    $o = new class {
        public ?Process $process = null;

        public function run(): void {}
    };
    $o->process = new Process([$o, 'run']);
    $o = null;
    // By a property of the process.
    $q = new #[AllowDynamicProperties] class(fn () => 0) extends Process {
        public $self;
    };
    $q->self = $q;
    $q = null;
}
echo sockets() - $before, " sockets in cycles\n";
echo gc_collect_cycles() > 0 ? 'collected' : 'nothing collected', ', ', sockets() - $before, " sockets left\n";

// One that is used is not taken away.
$p = new Process(function (Process $own) use (&$p) {
    gc_collect_cycles();
    $p->write($own === $p ? 'still here' : 'another object');
});
gc_collect_cycles();
$p->start();
gc_collect_cycles();
echo $p->read(), ', ', ending(Process::wait()), "\n";
?>
--EXPECT--
60 sockets in cycles
collected, 0 sockets left
still here, code 0
