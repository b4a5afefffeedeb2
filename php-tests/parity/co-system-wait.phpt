--TEST--
System::wait and waitPid for Process children: keys, codes, signals, time-out, none left.
--EXTENSIONS--
pcntl
--CONFLICTS--
all
--FILE--
<?php
// Pins: System::wait and waitPid for Process children: keys, codes, signals, time-out, none left.
// Status: documented.
use Swoole\{Coroutine, Process};
use Swoole\Coroutine\System;
use function Swoole\Coroutine\run;
$kids = [];
foreach ([1 => 0, 2 => 100000, 3 => 200000, 4 => 300000] as $code => $us) {
    $p = new Process(function () use ($code, $us) { usleep($us + 20000); exit($code); }, false, 0);
    $p->start();
    $kids[$code] = $p;
}
$p = new Process(function () { sleep(3); }, false, 0);
$p->start();
run(function () use ($kids, $p) {
    $r = System::wait();
    echo implode(',', array_keys($r)), ' ', $r['code'], "\n";
    $r = System::waitPid($kids[3]->pid);
    echo json_encode($r['pid'] === $kids[3]->pid), ' ', $r['code'], "\n";
    echo System::wait(1)['code'], ' ', System::wait(1)['code'], "\n";
    $t = microtime(true);
    var_dump(System::wait(0.05), microtime(true) - $t < 1);
    Process::kill($p->pid, SIGKILL);
    $r = System::waitPid($p->pid, 1);
    echo $r['code'], ' ', $r['signal'], "\n";
    var_dump(System::wait(0.05), System::waitPid($p->pid, 0.05));
});
--EXPECT--
pid,code,signal 1
true 3
2 4
bool(false)
bool(true)
0 9
bool(false)
bool(false)
