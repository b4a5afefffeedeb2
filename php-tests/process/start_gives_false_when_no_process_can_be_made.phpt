--TEST--
start() warns and gives false when the system has no room for a process; so does daemon()
--EXTENSIONS--
posix
--SKIPIF--
<?php
if (posix_geteuid() !== 0) die('skip only root can become somebody else');
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';
$code = <<<'PHP'
<?php
use Swoole\Process;
$p = new Process(fn (Process $p) => $p->write('got ' . $p->read()));
$p->write('what was written before');
posix_setuid(54321);
var_dump($p->start(), swoole_strerror(swoole_errno()), $p->pid, Process::wait());
var_dump(Process::daemon(), swoole_strerror(swoole_errno()));
PHP;
file_put_contents($file = tempnam(sys_get_temp_dir(), 'test'), $code);
chmod($file, 0644);
$command = implode(' ', array_map('escapeshellarg', [...php_command(), $file]));
// Root is above the limit, which is for everybody else.
passthru('bash -c ' . escapeshellarg("ulimit -u 1; exec $command"));
unlink($file);
?>
--EXPECTF--

Warning: Swoole\Process::start(): fork() failed, Error: Resource temporarily unavailable[11] in %s on line %d
bool(false)
string(32) "Resource temporarily unavailable"
NULL
bool(false)

Warning: Swoole\Process::daemon(): fork() failed, Error: Resource temporarily unavailable[11] in %s on line %d
bool(false)
string(32) "Resource temporarily unavailable"
