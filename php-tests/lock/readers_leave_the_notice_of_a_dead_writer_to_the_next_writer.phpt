--TEST--
Lock: each reader learns that a writer has died, until a process has taken the lock to write
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\{Lock, Process};

foreach (['mutex' => Lock::MUTEX, 'spin' => Lock::SPINLOCK, 'read and write' => Lock::RWLOCK] as $name => $kind) {
    $lock = new Lock($kind);
    $writer = new Process(function () use ($lock) {
        $lock->lock();
        posix_kill(getmypid(), SIGKILL);
    }, false, 0);
    $writer->start();
    Process::wait();
    $results = [];
    foreach ([LOCK_SH, LOCK_SH | LOCK_NB, LOCK_EX, LOCK_SH, LOCK_EX] as $operation) {
        $results[] = [$lock->lock($operation), $lock->errCode, $lock->unlock()];
    }
    echo $name, ': ', json_encode($results), "\n";
}
?>
--EXPECT--
mutex: [[true,130,true],[true,0,true],[true,0,true],[true,0,true],[true,0,true]]
spin: [[true,130,true],[true,0,true],[true,0,true],[true,0,true],[true,0,true]]
read and write: [[true,130,true],[true,130,true],[true,130,true],[true,0,true],[true,0,true]]
