--TEST--
objects that the parent holds when it forks: whether the child runs their destructors at its end.
--FILE--
<?php
// Pins: objects that the parent holds when it forks: whether the child runs their destructors at its end.
// Status: accidental, but relied on.
use Swoole\Process;
class D { function __construct(public string $n) {} function __destruct() { global $main; echo getmypid() === $main ? 'parent' : 'child', ": destruct {$this->n}\n"; } }
$main = getmypid();
$global = new D('global');
function start(callable $f) { $local = new D('local of caller'); $p = new Process($f, false, 0); $p->start(); Process::wait(); echo "reaped\n"; }
start(function () { echo "child: returns\n"; });
start(function () { echo "child: exit()\n"; exit; });
start(function (Process $p) { echo "child: Process->exit()\n"; $p->exit(); });
echo "end of script\n";
--EXPECT--
child: returns
child: destruct global
child: destruct local of caller
reaped
parent: destruct local of caller
child: exit()
child: destruct global
child: destruct local of caller
reaped
parent: destruct local of caller
child: Process->exit()
reaped
parent: destruct local of caller
end of script
parent: destruct global
