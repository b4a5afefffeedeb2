--TEST--
kill() with a negative pid signals a whole process group.
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
// Pins: kill() with a negative pid signals a whole process group.
// Status: as in POSIX.
use Swoole\Process;
$kids = [];
for ($i = 0; $i < 3; $i++) {
    $p = new Process(function (Process $p) { $p->read(); sleep(3); exit(1); });
    $p->start();
    $kids[] = $p;
}
[$a, $b, $c] = $kids;
posix_setpgid($a->pid, $a->pid);
posix_setpgid($b->pid, $a->pid);
var_dump(Process::kill(-$a->pid, 0), Process::kill(-$a->pid, SIGTERM));
for ($i = 0; $i < 2; $i++) {
    $r = Process::wait();
    echo json_encode($r['pid'] !== $c->pid), " code={$r['code']} signal={$r['signal']}\n";
}
var_dump(Process::wait(false), Process::kill(-$a->pid, 0));
set_error_handler(function ($n, $m) use ($a) { echo "[$n] ", str_replace((string) $a->pid, 'PID', $m), "\n"; return true; });
var_dump(Process::kill(-$a->pid, SIGTERM), Process::kill($c->pid));
$r = Process::wait();
echo "code={$r['code']} signal={$r['signal']}\n";
--EXPECT--
bool(true)
bool(true)
true code=0 signal=15
true code=0 signal=15
bool(false)
bool(false)
[2] Swoole\Process::kill(): kill(-PID, 15) failed, Error: No such process[3]
bool(false)
bool(true)
code=0 signal=15
