--TEST--
in `php -r` there is no file to make a key of: useQueue() warns and gives false; with a key it works
--FILE--
<?php
require __DIR__ . '/../support.inc';
$code = <<<'PHP'
$p = new Swoole\Process(fn () => 0, false, 0);
var_dump($p->useQueue(), $p->msgQueueId, $p->useQueue(getmypid()), $p->push('x'), $p->pop(), $p->freeQueue());
PHP;
$process = proc_open([...php_command(), '-r', $code], [1 => STDOUT], $pipes);
$status = proc_close($process);
echo "status $status\n";
?>
--EXPECTF--
Warning: Swoole\Process::useQueue(): ftok() failed, Error: No such file or directory[2] in Command line code on line %d
bool(false)
NULL
bool(true)
bool(true)
string(1) "x"
bool(true)
status 0
