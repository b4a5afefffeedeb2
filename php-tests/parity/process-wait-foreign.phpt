--TEST--
Process::wait() reaps any child of the process, not only those started by Process.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: Process::wait() reaps any child of the process, not only those started by Process.
// Status: accidental, but relied on.
use Swoole\Process;
$pid = pcntl_fork();
if ($pid === 0) {
    exit(21);
}
$r = Process::wait();
var_dump($r['pid'] === $pid, $r['code']);
$h = proc_open(['/bin/sh', '-c', 'exit 22'], [], $pipes);
$pid = proc_get_status($h)['pid'];
$r = Process::wait();
var_dump($r['pid'] === $pid, $r['code']);
$p = new Process(fn () => exit(23), false, 0);
$p->start();
pcntl_waitpid($p->pid, $status);
var_dump(pcntl_wexitstatus($status), Process::wait());
--EXPECT--
bool(true)
int(21)
bool(true)
int(22)
int(23)
bool(false)
