--TEST--
all objects are made before the first is started: each child talks to its own pipe, the death of each is seen while the others live
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $all = [];
    foreach (['a', 'b', 'c', 'd'] as $letter) {
        $all[$letter] = new Process(function (Process $p) use ($letter) {
            while (($line = $p->read()) !== 'end') {
                $p->write("$letter $line");
            }
        }, false, $type);
    }
    foreach ($all as $p) {
        $p->start();
    }
    foreach ($all as $letter => $p) {
        $p->write("told $letter");
    }
    foreach ($all as $p) {
        echo $p->read(), ', ';
    }
    foreach ($all as $letter => $p) {
        $p->write('end');
        echo "$letter: ", json_encode($p->read()), ', ', ending(Process::wait()), ', ';
    }
    echo "$name\n";
}
?>
--EXPECT--
a told a, b told b, c told c, d told d, a: "", code 0, b: "", code 0, c: "", code 0, d: "", code 0, stream
a told a, b told b, c told c, d told d, a: "", code 0, b: "", code 0, c: "", code 0, d: "", code 0, message
