--TEST--
Coroutine\Lock(true): coroutines of several processes exclude each other, others run meanwhile, and a killed holder hangs nobody
--FILE--
<?php
use Swoole\{Atomic, Coroutine, Process};
use Swoole\Coroutine\Lock;
use function Swoole\Coroutine\{go, run};

const PROCESSES = 3;
$lock = new Lock(true);
$inside = new Atomic();
$done = new Atomic();
$twice = new Atomic();
for ($i = 0; $i < PROCESSES; $i++) {
    (new Process(function () use ($lock, $inside, $done, $twice) {
        $ticks = 0;
        for ($c = 0; $c < 3; $c++) {
            go(function () use ($lock, $inside, $done, $twice) {
                for ($n = 0; $n < 10; $n++) {
                    $lock->lock();
                    $twice->add($inside->add() - 1);
                    Coroutine::sleep(0.001);
                    $inside->sub();
                    $lock->unlock();
                    $done->add();
                }
            });
        }
        go(function () use (&$ticks) {
            for (; $ticks < 5; $ticks++) {
                Coroutine::sleep(0.001);
            }
        });
    }, false, 0, true))->start();
}
while (Process::wait());
var_dump($done->get(), $twice->get());

$p = new Process(function (Process $p) use ($lock) {
    $lock->lock();
    $p->write('held');
    Coroutine::sleep(60);
}, false, SOCK_DGRAM, true);
$pid = $p->start();
$p->read();
run(function () use ($lock, $pid) {
    var_dump($lock->lock(LOCK_EX | LOCK_NB), $lock->errCode);
    $turns = 0;
    go(function () use ($lock, $pid, &$turns) {
        Coroutine::sleep(0.01);
        $turns++;
        Process::kill($pid, SIGKILL);
    });
    var_dump($lock->lock(), $lock->errCode, $turns, $lock->unlock());
});
Process::wait();
?>
--EXPECT--
int(90)
int(0)
bool(false)
int(16)
bool(true)
int(130)
int(1)
bool(true)
