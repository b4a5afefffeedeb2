--TEST--
the child closes its own end; the parent reads what was sent before and then the end of file.
--FILE--
<?php
// Pins: the child closes its own end; the parent reads what was sent before and then the end of file.
// Status: documented.
use Swoole\Process;
$p = new Process(function (Process $p) {
    $p->close(Process::PIPE_MASTER);
    $p->write('last words');
    $r = $p->close(Process::PIPE_WORKER);
    usleep(100000);
    echo 'child ends, close() gave ' . json_encode($r) . "\n";
}, false, Process::PIPE_TYPE_STREAM);
$p->start();
$p->close(Process::PIPE_WORKER);
$a = $p->read();
$b = $p->read();
var_dump($a, $b);
echo "parent saw the end\n";
Process::wait();
--EXPECT--
string(10) "last words"
string(0) ""
parent saw the end
child ends, close() gave true
