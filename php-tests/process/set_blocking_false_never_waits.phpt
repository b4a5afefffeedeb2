--TEST--
setBlocking(false): read() gives what is there, or false with EAGAIN at once; the child starts with a pipe that blocks
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $gate = new Process(fn () => 0);
    $p = new Process(function (Process $p) use ($gate) {
        $p->write('answer to ' . $p->read());
        $gate->read();
    }, false, $type);
    $p->setBlocking(false);
    $p->start();
    echo json_encode([$p->read(), swoole_errno() === 11, swoole_last_error() === 11]), ', ';
    until_asleep($p->pid);
    $p->write('question');
    while (($line = $p->read()) === false);
    var_dump($line);
    Process::kill($p->pid, SIGKILL);
    Process::wait();
    // The child was reaped: whoever does not wait is told of the end too.
    var_dump($p->read(), $p->setBlocking(true), $p->read());
}
?>
--EXPECT--
[false,true,true], string(18) "answer to question"
string(0) ""
bool(true)
string(0) ""
[false,true,true], string(18) "answer to question"
string(0) ""
bool(true)
string(0) ""
