--TEST--
a child has both ends of its own pipe and the parent's end of each other one, so as many descriptors as it can use
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $before = sockets();
    $all = [];
    for ($n = 0; $n < 10; $n++) {
        $all[] = new Process(function (Process $p) use ($before) {
            $p->write((string) (sockets() - $before));
            $p->read();
        }, false, $type);
    }
    echo "$name, parent: ", sockets() - $before, ', children:';
    foreach ($all as $p) {
        $p->start();
        echo ' ', $p->read();
    }
    foreach ($all as $p) {
        $p->write('end');
        Process::wait();
    }
    $p = null;
    $all = [];
    echo ', afterwards: ', sockets() - $before, "\n";
}
?>
--EXPECT--
stream, parent: 20, children: 11 11 11 11 11 11 11 11 11 11, afterwards: 0
message, parent: 20, children: 11 11 11 11 11 11 11 11 11 11, afterwards: 0
