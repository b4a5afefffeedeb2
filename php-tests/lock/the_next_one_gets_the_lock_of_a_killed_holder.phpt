--TEST--
Lock: the next one gets the lock of a killed holder soon, and errCode tells: each kind, readers too, without waiting too
--FILE--
<?php
use Swoole\{Lock, Process};

/** A child that holds the lock until it is killed. */
function holder(Lock $lock, int $operation): int
{
    $p = new Process(function (Process $p) use ($lock, $operation) {
        $p->write(json_encode([$lock->lock($operation), $lock->errCode]));
        sleep(60);
    });
    $pid = $p->start();
    if ($p->read() !== '[true,0]') {
        echo "not held\n";
    }
    return $pid;
}

foreach (['mutex' => [Lock::MUTEX, LOCK_EX], 'spin' => [Lock::SPINLOCK, LOCK_EX], 'writer' => [Lock::RWLOCK, LOCK_EX],
    'reader' => [Lock::RWLOCK, LOCK_SH]] as $name => [$kind, $operation]) {
    $lock = new Lock($kind);
    $pid = holder($lock, $operation);
    $busy = [$lock->lock(LOCK_EX | LOCK_NB), $lock->errCode];
    // One that waits already.
    $waiter = new Process(function (Process $p) use ($lock) {
        $p->write('waits');
        $t = microtime(true);
        $p->write(json_encode([$lock->lock(), $lock->errCode, $lock->unlock(), $lock->errCode]));
        $p->write(json_encode(microtime(true) - $t < 20));
    });
    $waiter->start();
    $waiter->read();
    Process::kill($pid, SIGKILL);
    $told = json_decode($waiter->read());
    echo $name, ': ', json_encode([$busy, $told, $waiter->read()]), "\n";
    while (Process::wait(false));
    // One that comes later, and does not wait. Nobody has reaped the holder.
    $pid = holder($lock, $operation);
    Process::kill($pid, SIGKILL);
    while (!preg_match('/^State:\sZ/m', file_get_contents("/proc/$pid/status"))) {
        usleep(1000);
    }
    var_dump($lock->lock(LOCK_EX | LOCK_NB) && $lock->errCode === 130);
    var_dump($lock->unlock(), $lock->lock() && $lock->errCode === 0);
    while (Process::wait(false));
}
?>
--EXPECT--
mutex: [[false,16],[true,130,true,0],"true"]
bool(true)
bool(true)
bool(true)
spin: [[false,16],[true,130,true,0],"true"]
bool(true)
bool(true)
bool(true)
writer: [[false,16],[true,130,true,0],"true"]
bool(true)
bool(true)
bool(true)
reader: [[false,16],[true,130,true,0],"true"]
bool(true)
bool(true)
bool(true)
