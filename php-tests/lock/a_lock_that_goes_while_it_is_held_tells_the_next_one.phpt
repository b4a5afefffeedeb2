--TEST--
Lock: a process that ends, or drops its object, while it holds a lock leaves it to the next one, who is told
--FILE--
<?php
use Swoole\{Lock, Process};

foreach (['exit' => fn () => exit(0), 'an exception' => fn () => throw new Exception('half done'), '_exit' => fn (Process $p) => $p->exit(0)] as $end => $body) {
    $lock = new Lock();
    $p = new Process(function (Process $p) use ($lock, $body) {
        $lock->lock();
        ini_set('display_errors', 0);
        ini_set('log_errors', 0);
        $body($p);
    }, false, 0);
    $p->start();
    Process::wait();
    echo $end, ': ', json_encode([$lock->lock(LOCK_EX | LOCK_NB), $lock->errCode]), "\n";
}

// The process goes on, and nobody in it can unlock what it has dropped.
$box = [new Lock(Lock::RWLOCK)];
$p = new Process(function (Process $p) use (&$box) {
    $box[0]->lock(LOCK_SH);
    $p->write('held');
    $p->read();
    $box = [];
    $p->write('dropped');
    $p->read();
});
$p->start();
$p->read();
var_dump($box[0]->lock(LOCK_EX | LOCK_NB));
$p->write('drop it');
$p->read();
var_dump($box[0]->lock(LOCK_EX | LOCK_NB), $box[0]->errCode);
$p->write('end');
Process::wait();
?>
--EXPECT--
exit: [true,130]
an exception: [true,130]
_exit: [true,130]
bool(false)
bool(true)
int(130)
