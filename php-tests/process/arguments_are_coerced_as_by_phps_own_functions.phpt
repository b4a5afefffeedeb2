--TEST--
arguments are coerced as by PHP's own functions: numbers, strings, Stringable objects, references, named and omitted ones
--FILE--
<?php
use Swoole\Process;
$p = new Process(callback: fn () => 0, pipe_type: SOCK_DGRAM);
$q = new Process(enable_coroutine: false, callback: fn () => 0);
foreach ([12, 1.5, true, "text", new class {
    public function __toString(): string
    {
        return 'object';
    }
}] as $value) {
    var_dump($p->write($value));
}
$by_reference = 'by reference';
$reference = &$by_reference;
var_dump($p->write($reference), $p->write(data: $reference));
var_dump($p->read('0'), $p->read(false), $p->setTimeout(1), $p->setTimeout('0.5'), $p->setTimeout(true));
var_dump($p->setBlocking(0), $p->setBlocking('yes'), $p->setBlocking(1.5));
var_dump($p->close(which: '5'));
var_dump(Process::wait(blocking: 0), Process::wait('', ));
var_dump(Process::kill(signal_no: 0, pid: getmypid()), Process::kill((string) getmypid(), '0'));
// Floats with a fraction lose it, which PHP calls deprecated.
var_dump($p->close(7.5));
try {
    $p->close(1e30);
} catch (TypeError $e) {
    echo $e->getMessage(), "\n";
}
// So is null for what is not nullable.
var_dump($p->write(null), Process::wait(null));
try {
    $p->write(date: 'x');
} catch (Error $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
try {
    new Process(pipe_type: 1);
} catch (Error $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
?>
--EXPECTF--
int(2)
int(3)
int(1)
int(4)
int(6)
int(12)
int(12)

Warning: Swoole\Process::read(): the size to read must be greater than 0 in %s on line %d

Warning: Swoole\Process::read(): the size to read must be greater than 0 in %s on line %d
bool(false)
bool(false)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)

Warning: Swoole\Process::close(): cannot close the pipe, 5 is not one of the PIPE_* constants in %s on line %d
bool(false)
bool(false)
bool(false)
bool(true)
bool(true)

Deprecated: Implicit conversion from float 7.5 to int loses precision in %s on line %d

Warning: Swoole\Process::close(): cannot close the pipe, 7 is not one of the PIPE_* constants in %s on line %d
bool(false)
Swoole\Process::close(): Argument #1 ($which) must be of type int, float given

Deprecated: Swoole\Process::write(): Passing null to parameter #1 ($data) of type string is deprecated in %s on line %d

Warning: Swoole\Process::write(): the data to send is empty in %s on line %d

Deprecated: Swoole\Process::wait(): Passing null to parameter #1 ($blocking) of type bool is deprecated in %s on line %d
bool(false)
bool(false)
Error: Unknown named parameter $date
ArgumentCountError: Swoole\Process::__construct(): Argument #1 ($callback) not passed
