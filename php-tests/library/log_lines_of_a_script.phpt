--TEST--
swoole_error_log() writes lines of any level to the log; swoole_error_log_ex() keeps silent about codes that are ignored
--FILE--
<?php
$log = tempnam(sys_get_temp_dir(), 'log');
swoole_async_set(['log_file' => $log]);
foreach ([-1, SWOOLE_LOG_DEBUG, SWOOLE_LOG_TRACE, SWOOLE_LOG_INFO, SWOOLE_LOG_NOTICE, SWOOLE_LOG_WARNING, SWOOLE_LOG_ERROR, 99] as $level) {
    swoole_error_log($level, "level $level");
}
swoole_async_set(['log_level' => SWOOLE_LOG_ERROR]);
swoole_error_log(SWOOLE_LOG_WARNING, 'too low');
swoole_error_log(SWOOLE_LOG_ERROR, 'high enough');
// However many there are.
for ($i = 0; $i < 30; $i++) {
    swoole_error_log(SWOOLE_LOG_ERROR, "line $i");
}
swoole_error_log_ex(SWOOLE_LOG_ERROR, 505, 'of a code');
swoole_ignore_error(505);
swoole_error_log_ex(SWOOLE_LOG_ERROR, 505, 'of a code that is ignored');
swoole_error_log_ex(SWOOLE_LOG_ERROR, 506, 'of another one');
var_dump(swoole_last_error());
$lines = array_map(fn (string $line): string => substr($line, strpos($line, "\t") + 1), file($log));
echo implode(preg_grep('/line ([1-9]|1\d|2[0-8])$/', $lines, PREG_GREP_INVERT));
echo count($lines), " lines\n";
unlink($log);
?>
--EXPECT--
int(506)
DEBUG	level -1
DEBUG	level 0
TRACE	level 1
INFO	level 2
NOTICE	level 3
WARNING	level 4
ERROR	level 5
ERROR	level 99
ERROR	high enough
ERROR	line 0
ERROR	line 29
ERROR	(ERRNO 505): of a code
ERROR	(ERRNO 506): of another one
41 lines
