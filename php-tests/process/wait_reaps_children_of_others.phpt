--TEST--
wait() reaps any child of the process: of pcntl_fork(), of proc_open(); and a child of Process may be reaped by pcntl
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\Process;
$pid = pcntl_fork();
if ($pid === 0) {
    exit(21);
}
$r = Process::wait();
var_dump($r['pid'] === $pid, $r['code']);
// It ends when its input does: proc_get_status() would reap one that has ended.
$h = proc_open(['/bin/sh', '-c', 'read line; exit 22'], [['pipe', 'r']], $pipes);
$pid = proc_get_status($h)['pid'];
fclose($pipes[0]);
$r = Process::wait();
var_dump($r['pid'] === $pid, $r['code']);
$p = new Process(fn () => exit(23), false, 0);
$p->start();
pcntl_waitpid($p->pid, $status);
var_dump(pcntl_wexitstatus($status), Process::wait());
?>
--EXPECT--
bool(true)
int(21)
bool(true)
int(22)
int(23)
bool(false)
