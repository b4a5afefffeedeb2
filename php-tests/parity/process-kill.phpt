--TEST--
kill(): signal 0 on a living, a zombie and a missing pid; the default signal; a bad signal number.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: kill(): signal 0 on a living, a zombie and a missing pid; the default signal; a bad signal number.
// Status: documented; the texts are accidental.
use Swoole\Process;
$p = new Process(function (Process $p) { $p->read(); sleep(3); });
$pid = $p->start();
var_dump(Process::kill($pid, 0));
var_dump(Process::kill($pid));
usleep(100000);
var_dump(Process::kill($pid, 0));
$r = Process::wait();
echo "code={$r['code']} signal={$r['signal']}\n";
var_dump(Process::kill($pid, 0));
set_error_handler(function ($no, $msg) use ($pid) { echo "[$no] ", str_replace([(string) $pid, (string) getmypid()], 'PID', $msg), "\n"; return true; });
var_dump(Process::kill($pid));
var_dump(Process::kill($pid, SIGKILL));
var_dump(Process::kill(getmypid(), 999));
try {
    Process::kill();
} catch (Throwable $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
--EXPECT--
bool(true)
bool(true)
bool(true)
code=0 signal=15
bool(false)
[2] Swoole\Process::kill(): kill(PID, 15) failed, Error: No such process[3]
bool(false)
[2] Swoole\Process::kill(): kill(PID, 9) failed, Error: No such process[3]
bool(false)
[2] Swoole\Process::kill(): kill(PID, 999) failed, Error: Invalid argument[22]
bool(false)
ArgumentCountError: Swoole\Process::kill() expects at least 1 argument, 0 given
