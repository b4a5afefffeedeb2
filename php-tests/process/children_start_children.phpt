--TEST--
children five deep: each talks to its own parent, waits for its own child, and has the status it chose
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
function descend(int $depth, Process $above): void
{
    if ($depth === 5) {
        $above->write('the deepest');
        exit($depth);
    }
    $p = new Process(fn (Process $p) => descend($depth + 1, $p), false, $depth % 2 ? SOCK_STREAM : SOCK_DGRAM);
    $p->start();
    $line = $p->read();
    $end = ending(Process::wait());
    json_encode($p->read()) === '""' || print("no end at $depth\n");
    Process::wait(false) === false || print("a child too many at $depth\n");
    $above->write("$line, $depth saw $end");
    exit($depth);
}
$p = new Process(fn (Process $p) => descend(1, $p));
$p->start();
echo $p->read(), ', ', ending(Process::wait()), "\n";
?>
--EXPECT--
the deepest, 4 saw code 5, 3 saw code 4, 2 saw code 3, 1 saw code 2, code 1
