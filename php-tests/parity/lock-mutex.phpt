--TEST--
Lock: lock, LOCK_NB, time-out, unlock, between processes; constants; bad types.
--CONFLICTS--
all
--FILE--
<?php
// Pins: Lock: lock, LOCK_NB, time-out, unlock, between processes; constants; bad types.
// Status: documented.
use Swoole\{Lock, Process};
foreach ((new ReflectionClass(Lock::class))->getConstants() as $k => $v) {
    echo "$k = $v\n";
}
$l = new Lock();
var_dump($l->lock(), $l->errCode);
$p = new Process(function () use ($l) {
    var_dump($l->lock(LOCK_EX | LOCK_NB), $l->errCode === SOCKET_EBUSY);
    $t = microtime(true);
    var_dump($l->lock(LOCK_EX, 0.05), $l->errCode === SOCKET_ETIMEDOUT, microtime(true) - $t > 0.04);
}, false, 0);
$p->start();
Process::wait();
var_dump($l->unlock());
$p = new Process(function (Process $p) use ($l) {
    var_dump($l->lock());
    $p->write('x');
    usleep(80000);
    echo "child unlocks\n";
    $l->unlock();
});
$p->start();
$p->read();
var_dump($l->lock());
echo "parent has it\n";
$l->unlock();
Process::wait();
try {
    new Lock(99);
} catch (Throwable $e) {
    echo get_class($e), ': ', preg_replace('/\[.*\]/', '[N]', $e->getMessage()), "\n";
}
--EXPECT--
MUTEX = 3
RWLOCK = 1
SPINLOCK = 5
bool(true)
int(0)
bool(false)
bool(true)
bool(false)
bool(true)
bool(true)
bool(true)
bool(true)
child unlocks
bool(true)
parent has it
Swoole\Exception: lock type[N] is not support
