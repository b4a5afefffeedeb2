--TEST--
several coroutines wait for one child, others for any: each status goes where it belongs
--FILE--
<?php
use Swoole\{Coroutine, Process};
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
function child(int $code): Process {
    $p = new Process(function (Process $p) use ($code) { $p->read(); exit($code); });
    $p->start();
    return $p;
}
$one = child(3);
$other = child(4);
run(function () use ($one, $other) {
    $end = fn ($r) => json_encode($r === false ? false : [$r['code'], $r['signal']]);
    go(function () use ($end, &$got) { $got['any'] = $end(System::wait(10)); });
    foreach ([1, 2] as $i) {
        go(function () use ($i, $one, $end, &$got) { $got[$i] = $end(System::waitPid($one->pid, 10)); });
    }
    $one->write('x');
    var_dump(System::waitPid($one->pid, 10)['pid'] === $one->pid);
    // Its pipe knows that it has ended: this does not wait.
    var_dump($one->read());
    $other->write('x');
    Coroutine::join([2, 3, 4], 10);
    echo "$got[1] $got[2] $got[any]\n";
    var_dump(System::wait(), swoole_last_error(), System::waitPid($one->pid), System::waitPid(1), System::waitPid(-1));
});
?>
--EXPECT--
bool(true)
string(0) ""
[3,0] [3,0] [4,0]
bool(false)
int(10)
bool(false)
bool(false)
bool(false)
