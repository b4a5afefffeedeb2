--TEST--
close(PIPE_READ) and close(PIPE_WRITE) end one direction for all, the other one goes on
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    echo "--- $name\n";
    // The parent says that it will write no more; the answer still comes.
    $p = new Process(function (Process $p) {
        $p->write(json_encode([$p->read(8), $p->read(8), $p->read(8)]));
    }, false, $type);
    $p->start();
    $p->write('question');
    var_dump($p->close(Process::PIPE_WRITE), @$p->write('more'), swoole_strerror(swoole_errno()), $p->read());
    echo ending(Process::wait()), "\n";
    // The child reads no more; it still writes.
    $p = new Process(function (Process $p) {
        var_dump($p->close(Process::PIPE_READ), $p->read());
        $p->write('ready');
    }, false, $type);
    $p->start();
    var_dump($p->read(), @$p->write('refused'), swoole_strerror(swoole_errno()));
    echo ending(Process::wait()), "\n";
    // Twice is no error.
    $p = new Process(fn () => 0, false, $type);
    var_dump($p->close(Process::PIPE_READ), $p->close(Process::PIPE_READ), $p->read());
    $p->close(Process::PIPE_MASTER);
    var_dump($p->close(Process::PIPE_WRITE));
}
?>
--EXPECTF--
--- stream
bool(true)
bool(false)
string(11) "Broken pipe"
string(18) "["question","",""]"
code 0
bool(true)
string(0) ""
string(5) "ready"
bool(false)
string(11) "Broken pipe"
code 0
bool(true)
bool(true)
string(0) ""

Warning: Swoole\Process::close(): close() failed, Error: Bad file descriptor[9] in %s on line %d
bool(false)
--- message
bool(true)
bool(false)
string(11) "Broken pipe"
string(18) "["question","",""]"
code 0
bool(true)
string(0) ""
string(5) "ready"
bool(false)
string(11) "Broken pipe"
code 0
bool(true)
bool(true)
string(0) ""

Warning: Swoole\Process::close(): close() failed, Error: Bad file descriptor[9] in %s on line %d
bool(false)
