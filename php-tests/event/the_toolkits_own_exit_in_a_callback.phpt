--TEST--
Process->exit() in a callback of the loop ends the process with its status and prints nothing
--FILE--
<?php
use Swoole\{Event, Process, Timer};
require __DIR__ . '/../support.inc';
$p = new Process(function (Process $p) {
    Timer::after(1, fn () => $p->exit(7));
    Timer::after(60000, fn () => print("not reached\n"));
    Event::wait();
}, true);
$p->start();
echo ending(Process::wait()), ', ', json_encode($p->read()), "\n";
?>
--EXPECT--
code 7, ""
