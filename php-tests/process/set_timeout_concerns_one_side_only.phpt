--TEST--
setTimeout() concerns the process that calls it: a child that was started afterwards has no limit, nor has the parent by the child's
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $p = new Process(function (Process $p) {
        // The parent's 10 ms are over by far.
        $line = $p->read();
        $p->setTimeout(0.01);
        $p->write('got ' . json_encode($line));
        $line = $p->read();
        $p->write('got ' . json_encode($line));
        exit;
    }, false, $type);
    $p->setTimeout(0.01);
    $p->start();
    usleep(150000);
    $p->write('hello');
    $p->setTimeout(0);
    echo $p->read(), ', ', $p->read(), ', ', ending(Process::wait()), ", $name\n";
}
?>
--EXPECT--
got "hello", got false, code 0, stream
got "hello", got false, code 0, message
