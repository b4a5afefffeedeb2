--TEST--
name() changes what ps shows, in the child only.
--FILE--
<?php
// Pins: name() changes what ps shows, in the child only.
// Status: documented.
use Swoole\Process;
$p = new Process(function (Process $p) {
    var_dump($p->name('conformance: child number one'));
    $p->write(file_get_contents('/proc/self/cmdline'));
    $p->read();
});
$p->start();
$line = $p->read();
echo rtrim(strtr($line, "\0", ' ')), "\n";
echo rtrim(strtr(file_get_contents("/proc/{$p->pid}/cmdline"), "\0", ' ')), "\n";
var_dump(str_contains(file_get_contents('/proc/self/cmdline'), basename(__FILE__)));
$p->write('x');
Process::wait();
--EXPECT--
bool(true)
conformance: child number one
conformance: child number one
bool(true)
