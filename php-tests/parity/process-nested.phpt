--TEST--
a child starts its own children; each waits for its own only; pids and ids in the tree.
--EXTENSIONS--
posix
--FILE--
<?php
// Pins: a child starts its own children; each waits for its own only; pids and ids in the tree.
// Status: documented.
use Swoole\Process;
$p = new Process(function (Process $p) {
    $inner = new Process(function (Process $q) use ($p) {
        $q->write('from grandchild, parent is child: ' . var_export(posix_getppid() === $p->pid, true));
        exit(11);
    });
    $inner->start();
    echo $inner->read(), "\n";
    $r = Process::wait();
    echo 'child reaped grandchild: ', $r['code'], ' ', var_export($r['pid'] === $inner->pid, true), "\n";
    var_dump(Process::wait());
    exit(12);
}, false, 0);
$p->start();
$r = Process::wait();
echo 'parent reaped child: ', $r['code'], "\n";
var_dump(Process::wait());
--EXPECT--
from grandchild, parent is child: true
child reaped grandchild: 11 true
bool(false)
parent reaped child: 12
bool(false)
