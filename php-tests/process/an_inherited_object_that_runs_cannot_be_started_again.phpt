--TEST--
the child of one object cannot start itself nor a running sibling; both warn and give false
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$gate = new Process(function (Process $p) {
    $p->read();
});
$gate->start();
$p = new Process(function (Process $p) use ($gate) {
    var_dump($p->start(), $gate->start());
}, false, 0);
$p->start();
echo ending(Process::wait()), "\n";
var_dump($gate->start());
$gate->write('end');
echo ending(Process::wait()), "\n";
// It has ended and is reaped.
var_dump($gate->start() > 0);
$gate->write('end');
echo ending(Process::wait()), "\n";
?>
--EXPECTF--

Warning: Swoole\Process::start(): process has already been started in %s on line %d

Warning: Swoole\Process::start(): process has already been started in %s on line %d
bool(false)
bool(false)
code 0

Warning: Swoole\Process::start(): process has already been started in %s on line %d
bool(false)
code 0
bool(true)
code 0
