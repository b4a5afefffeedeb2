--TEST--
setPriority() and getPriority(): the object's process, before a start the caller, others by number; what fails gives false
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$p = new Process(function (Process $p) {
    $p->read();
});
// Of the caller, as long as there is no child.
var_dump($p->getPriority(PRIO_PROCESS) === pcntl_getpriority());
$p->start();
$base = pcntl_getpriority();
var_dump($p->setPriority(PRIO_PROCESS, $base + 3), $p->getPriority(PRIO_PROCESS) - $base, pcntl_getpriority($p->pid) - $base);
var_dump($p->getPriority(PRIO_PROCESS, getmypid()) - $base, $p->getPriority(PRIO_PROCESS, 0) - $base);
// Beyond the limits the kernel takes the nearest.
var_dump($p->setPriority(PRIO_PROCESS, PHP_INT_MAX), $p->getPriority(PRIO_PROCESS));
var_dump($p->setPriority(PRIO_PGRP, $base), $p->getPriority(PRIO_PGRP), $p->getPriority(PRIO_USER));
var_dump(is_int($p->getPriority(PRIO_PGRP, posix_getpgrp())), is_int($p->getPriority(PRIO_USER, posix_getuid())));
foreach ([[99, 0], [-1, 0], [PHP_INT_MAX, 0], [PRIO_PROCESS, 0x7fffffff], [PRIO_PROCESS, -1], [PRIO_PROCESS, PHP_INT_MAX]] as [$which, $who]) {
    swoole_clear_error();
    var_dump($p->getPriority($which, $who), $p->setPriority($which, 0, $who), swoole_strerror(swoole_errno()));
}
$p->write('end');
Process::wait();
var_dump($p->getPriority(PRIO_PROCESS), swoole_strerror(swoole_last_error()));
?>
--EXPECTF--
bool(true)
bool(true)
int(3)
int(3)
int(0)
int(0)
bool(true)
int(19)

Warning: Swoole\Process::setPriority(): $who parameter must not be null in %s on line %d

Warning: Swoole\Process::getPriority(): $who parameter must not be null in %s on line %d

Warning: Swoole\Process::getPriority(): $who parameter must not be null in %s on line %d
bool(false)
bool(false)
bool(false)
bool(true)
bool(true)
bool(false)
bool(false)
string(16) "Invalid argument"
bool(false)
bool(false)
string(16) "Invalid argument"
bool(false)
bool(false)
string(16) "Invalid argument"
bool(false)
bool(false)
string(15) "No such process"
bool(false)
bool(false)
string(15) "No such process"
bool(false)
bool(false)
string(15) "No such process"
bool(false)
string(15) "No such process"
