--TEST--
after close() of the own end every read and write warns and gives false; the descriptor may be somebody else's by then
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    echo "--- $name, the child's end\n";
    $p = new Process(function (Process $p) {
        $p->close(Process::PIPE_WORKER);
        // Takes the number that has become free.
        $file = tmpfile();
        var_dump($p->write('x'), $p->read(), $p->close(Process::PIPE_WORKER), fstat($file)['size']);
        var_dump($p->setTimeout(1), $p->setBlocking(false), $p->close());
    }, false, $type);
    $p->start();
    echo ending(Process::wait()), "\n--- $name, the parent's end\n";
    $p = new Process(function (Process $p) {
        var_dump($p->read());
    }, false, $type);
    $p->write('from the parent');
    $p->close(Process::PIPE_MASTER);
    var_dump($p->write('x'), $p->read());
    // The child has its end, and the end of the parent is gone for all.
    $p->start();
    echo ending(Process::wait()), "\n";
}
?>
--EXPECTF--
--- stream, the child's end

Warning: Swoole\Process::write(): this end of the pipe is closed, cannot write into pipe in %s on line %d

Warning: Swoole\Process::read(): this end of the pipe is closed, cannot read from pipe in %s on line %d

Warning: Swoole\Process::close(): close() failed, Error: Bad file descriptor[9] in %s on line %d
bool(false)
bool(false)
bool(false)
int(0)
bool(true)
bool(true)
bool(true)
code 0
--- stream, the parent's end

Warning: Swoole\Process::write(): this end of the pipe is closed, cannot write into pipe in %s on line %d

Warning: Swoole\Process::read(): this end of the pipe is closed, cannot read from pipe in %s on line %d
bool(false)
bool(false)
string(15) "from the parent"
code 0
--- message, the child's end

Warning: Swoole\Process::write(): this end of the pipe is closed, cannot write into pipe in %s on line %d

Warning: Swoole\Process::read(): this end of the pipe is closed, cannot read from pipe in %s on line %d

Warning: Swoole\Process::close(): close() failed, Error: Bad file descriptor[9] in %s on line %d
bool(false)
bool(false)
bool(false)
int(0)
bool(true)
bool(true)
bool(true)
code 0
--- message, the parent's end

Warning: Swoole\Process::write(): this end of the pipe is closed, cannot write into pipe in %s on line %d

Warning: Swoole\Process::read(): this end of the pipe is closed, cannot read from pipe in %s on line %d
bool(false)
bool(false)
string(15) "from the parent"
code 0
