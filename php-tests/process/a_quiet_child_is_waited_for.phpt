--TEST--
read() waits longer than the pipe's own time limit for a child that lives, and for a parent that lives
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $p = new Process(function (Process $p) {
        $line = $p->read();
        usleep(150000);
        $p->write("late answer to: $line");
    }, false, $type);
    $p->start();
    usleep(150000);
    $p->write('late question');
    echo json_encode([$p->read(), $p->read()]), ', ', ending(Process::wait()), ", $name\n";
}
?>
--EXPECT--
["late answer to: late question",""], code 0, stream
["late answer to: late question",""], code 0, message
