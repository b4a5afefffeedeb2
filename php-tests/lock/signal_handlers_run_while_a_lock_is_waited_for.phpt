--TEST--
Lock: signal handlers of the script run while a lock is waited for; one that throws ends the wait, and nothing is held then
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\{Lock, Process};

$lock = new Lock(Lock::RWLOCK);
$lock->lock(LOCK_SH);
$p = new Process(function (Process $p) use ($lock) {
    pcntl_async_signals(true);
    $signals = 0;
    pcntl_signal(SIGUSR1, function () use (&$signals, $p) {
        $p->write('handler');
        if (++$signals === 2) {
            throw new Exception('enough');
        }
    });
    $p->write('waits');
    try {
        $lock->lock(LOCK_EX);
    } catch (Exception $e) {
        $p->write($e->getMessage());
    }
    $p->write(json_encode([$lock->unlock(), $lock->lock(LOCK_SH | LOCK_NB)]));
});
$pid = $p->start();
echo $p->read(), "\n";
for ($i = 0; $i < 2; $i++) {
    Process::kill($pid, SIGUSR1);
    echo $p->read(), "\n";
}
echo $p->read(), "\n", $p->read(), "\n";
Process::wait();
?>
--EXPECT--
waits
handler
handler
enough
[false,true]
