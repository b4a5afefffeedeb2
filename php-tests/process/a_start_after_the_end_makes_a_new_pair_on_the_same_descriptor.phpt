--TEST--
after '' the object can be started again: a new pair on the same descriptor number, none left over
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $run = 0;
    $p = new Process(function (Process $p) use (&$run) {
        $p->write("run $run: " . $p->read());
    }, false, $type);
    $number = $p->pipe;
    $inode = readlink("/proc/self/fd/$number");
    $others = sockets();
    foreach ([1, 2, 3] as $run) {
        $p->start();
        $p->write('hello');
        echo "$name, ", json_encode([$p->read(), $p->read(), @$p->write('nobody')]), ', ', ending(Process::wait()), ', ';
        $new = readlink("/proc/self/fd/$number");
        echo $p->pipe === $number ? 'same number, ' : 'another number, ', $new === $inode ? "same pair\n" : "new pair\n";
        $inode = $new;
    }
    // The far end was let go of when the child's death was seen.
    echo sockets() - $others, "\n";
}
?>
--EXPECT--
stream, ["run 1: hello","",false], code 0, same number, same pair
stream, ["run 2: hello","",false], code 0, same number, new pair
stream, ["run 3: hello","",false], code 0, same number, new pair
-1
message, ["run 1: hello","",false], code 0, same number, same pair
message, ["run 2: hello","",false], code 0, same number, new pair
message, ["run 3: hello","",false], code 0, same number, new pair
-1
