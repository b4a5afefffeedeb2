--TEST--
kill(): numbers beyond 32 bits are not cut to others, which might mean everybody; signals beyond the kernel's are refused
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
// Cut to 32 bits each of these would be 0, -1, or this process.
foreach ([0x100000000, 0x1ffffffff, 0x100000000 + getmypid(), PHP_INT_MIN, PHP_INT_MAX] as $pid) {
    foreach ([0, SIGKILL] as $signal) {
        $result = json_encode(@Process::kill($pid, $signal));
        echo $result, ', ', swoole_strerror(swoole_errno()), "\n";
    }
}
foreach ([65, -1, 0x100000000, PHP_INT_MAX] as $signal) {
    var_dump(Process::kill(getmypid(), $signal));
}
var_dump(Process::kill(getmypid(), 0), Process::kill(0, 0));
swoole_clear_error();
// Nobody has this one: a silent false for signal 0, a warning for others.
var_dump(Process::kill(0x7fffffff, 0), swoole_strerror(swoole_errno()), Process::kill(0x7fffffff, SIGTERM));
// The default is SIGTERM.
$p = new Process(fn () => sleep(60), false, 0);
$p->start();
var_dump(Process::kill($p->pid));
echo ending(Process::wait()), "\n";
?>
--EXPECTF--
false, No such process
false, No such process
false, No such process
false, No such process
false, No such process
false, No such process
false, No such process
false, No such process
false, No such process
false, No such process

Warning: Swoole\Process::kill(): kill(%d, 65) failed, Error: Invalid argument[22] in %s on line %d
bool(false)

Warning: Swoole\Process::kill(): kill(%d, -1) failed, Error: Invalid argument[22] in %s on line %d
bool(false)

Warning: Swoole\Process::kill(): kill(%d, 4294967296) failed, Error: Invalid argument[22] in %s on line %d
bool(false)

Warning: Swoole\Process::kill(): kill(%d, 9223372036854775807) failed, Error: Invalid argument[22] in %s on line %d
bool(false)
bool(true)
bool(true)

Warning: Swoole\Process::kill(): kill(2147483647, 15) failed, Error: No such process[3] in %s on line %d
bool(false)
string(15) "No such process"
bool(false)
bool(true)
signal 15
