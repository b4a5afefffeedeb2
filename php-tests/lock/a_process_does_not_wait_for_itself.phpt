--TEST--
Lock: a process, or another coroutine of it, that would wait for itself gets false and a warning
--FILE--
<?php
use Swoole\{Coroutine, Lock, Process};
use function Swoole\Coroutine\{go, run};

$lock = new Lock();
var_dump($lock->lock(), $lock->lock(), $lock->errCode === 35);
// With a limit the call ends when the limit has expired.
$start = microtime(true);
var_dump($lock->lock(LOCK_EX, 0.05), $lock->errCode, microtime(true) - $start >= 0.05);
// Who does not wait is told that it is busy.
var_dump($lock->lock(LOCK_EX | LOCK_NB), $lock->errCode);
run(function () use ($lock) {
    go(fn () => var_dump($lock->lock()));
});
// A child holds nothing of what its parent does.
(new Process(function () use ($lock) {
    var_dump($lock->unlock(), $lock->errCode, $lock->lock(LOCK_EX, 0.01), $lock->errCode);
}, false, 0))->start();
Process::wait();
var_dump($lock->unlock(), $lock->unlock(), $lock->errCode);

// Readers may read again, and have to unlock as often.
$lock = new Lock(SWOOLE_RWLOCK);
var_dump($lock->lock(LOCK_SH), $lock->lock(LOCK_SH), $lock->lock(LOCK_EX));
var_dump($lock->unlock(), $lock->unlock(), $lock->unlock());
?>
--EXPECTF--
Warning: Swoole\Lock::lock(): this process holds the lock already and would wait for itself; for coroutines of one process use Swoole\Coroutine\Lock in %s on line %d
bool(true)
bool(false)
bool(true)
bool(false)
int(110)
bool(true)
bool(false)
int(16)

Warning: Swoole\Lock::lock(): this process holds the lock already and would wait for itself; for coroutines of one process use Swoole\Coroutine\Lock in %s on line %d
bool(false)
bool(false)
int(1)
bool(false)
int(110)
bool(true)
bool(false)
int(1)

Warning: Swoole\Lock::lock(): this process holds the lock already and would wait for itself; for coroutines of one process use Swoole\Coroutine\Lock in %s on line %d
bool(true)
bool(true)
bool(false)
bool(true)
bool(true)
bool(false)
