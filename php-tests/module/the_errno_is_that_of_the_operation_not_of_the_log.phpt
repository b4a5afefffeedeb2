--TEST--
swoole_errno() shows the error of the failed operation, also after a line that could not be written to the log
--FILE--
<?php
const ESRCH = 3;
swoole_async_set(['log_file' => '/dev/full']);
var_dump(Swoole\Process::kill(0x7fffffff, 0), swoole_errno() === ESRCH);
swoole_error_log(SWOOLE_LOG_ERROR, 'a line');
var_dump(swoole_errno() === ESRCH, swoole_last_error() === ESRCH);
?>
--EXPECT--
bool(false)
bool(true)
bool(true)
bool(true)
