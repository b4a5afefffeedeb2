--TEST--
swoole_async_set(): log_file, log_level, log_date_format and log_date_with_microseconds
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$log = tempnam(sys_get_temp_dir(), 'log');
/** Makes the module log one line, and shows what is new in the file. */
function line(): void
{
    $p = new Process(fn (Process $p) => $p->write('cut'));
    $p->start();
    $p->read(1);
    Process::wait();
    echo preg_replace('/\*' . getmypid() . '\./', '*PID.', file_get_contents($GLOBALS['log'])) ?: "nothing\n";
    file_put_contents($GLOBALS['log'], '');
}
var_dump(swoole_async_set(['log_file' => $log]));
line();
foreach ([SWOOLE_LOG_WARNING => 'warning', SWOOLE_LOG_ERROR => 'error', SWOOLE_LOG_NONE => 'none', SWOOLE_LOG_DEBUG => 'debug'] as $level => $name) {
    swoole_async_set(['log_level' => $level]);
    echo "$name: ";
    line();
}
var_dump(swoole_async_set(['log_date_format' => '%H <%Y>', 'log_date_with_microseconds' => true]));
line();
var_dump(swoole_async_set(['log_date_with_microseconds' => false]));
line();
foreach (['', str_repeat('%Y', 100), "nul\0byte"] as $format) {
    var_dump(swoole_async_set(['log_date_format' => $format]));
}
line();
// The child has the file too, and a line is one line whoever writes it.
$children = 4;
for ($n = 0; $n < $children; $n++) {
    (new Process(function () {
        $p = new Process(fn (Process $p) => $p->write('cut'));
        for ($m = 0; $m < 20; $m++) {
            $p->start();
            $p->read(1);
            Process::wait();
        }
    }, false, 0))->start();
}
while (Process::wait());
$lines = file($log);
echo count($lines), ' lines, ', count(preg_grep('/^\[\d\d <\d{4}> \*\d+\.0\]\tWARNING\tProcess::read\(\): a message of 3 bytes was cut to 1 bytes, .*\n$/', $lines)), " whole\n";
// A folder that is not there: the old file stays.
file_put_contents($log, '');
var_dump(swoole_async_set(['log_file' => '/no/such/folder/log']));
line();
unlink($log);
chdir(dirname($log));
var_dump(swoole_async_set(['log_file' => './' . basename($log)]), file_exists($log));
unlink($log);
?>
--EXPECTF--
bool(true)
[%d-%d-%d %d:%d:%d *PID.0]	WARNING	Process::read(): a message of 3 bytes was cut to 1 bytes, the size that was read
warning: [%d-%d-%d %d:%d:%d *PID.0]	WARNING	Process::read(): a message of 3 bytes was cut to 1 bytes, the size that was read
error: nothing
none: nothing
debug: [%d-%d-%d %d:%d:%d *PID.0]	WARNING	Process::read(): a message of 3 bytes was cut to 1 bytes, the size that was read
bool(true)
[%d <%d><.%d> *PID.0]	WARNING	Process::read(): a message of 3 bytes was cut to 1 bytes, the size that was read
bool(true)
[%d <%d> *PID.0]	WARNING	Process::read(): a message of 3 bytes was cut to 1 bytes, the size that was read

Warning: swoole_async_set(): invalid log_date_format in %s on line %d
bool(false)

Warning: swoole_async_set(): invalid log_date_format in %s on line %d
bool(false)

Warning: swoole_async_set(): invalid log_date_format in %s on line %d
bool(false)
[%d <%d> *PID.0]	WARNING	Process::read(): a message of 3 bytes was cut to 1 bytes, the size that was read
80 lines, 80 whole

Warning: swoole_async_set(): open(/no/such/folder/log) failed, Error: No such file or directory[2] in %s on line %d
bool(false)
[%d <%d> *PID.0]	WARNING	Process::read(): a message of 3 bytes was cut to 1 bytes, the size that was read
bool(true)
bool(true)
