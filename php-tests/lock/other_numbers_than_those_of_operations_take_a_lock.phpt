--TEST--
Lock, Coroutine\Lock: of an operation only the bits of LOCK_SH and LOCK_NB count; libraries pass a time limit
--FILE--
<?php
use Swoole\{Coroutine, Lock, Process};
use function Swoole\Coroutine\{go, run};

$log = tempnam(sys_get_temp_dir(), 'log');
swoole_async_set(['log_file' => $log]);

/** As pools of connections have it. */
function synchronized(Coroutine\Lock $lock, callable $work, int $timeout): mixed
{
    if (!$lock->lock($timeout)) {
        throw new RuntimeException("no lock within $timeout seconds");
    }
    try {
        return $work();
    } finally {
        $lock->unlock();
    }
}

run(function () {
    foreach ([0, 1, 2, 3, 8, 10, -8] as $timeout) {
        $lock = new Coroutine\Lock();
        $order = [];
        $work = function (int $number) use (&$order) {
            $order[] = "begin $number";
            Coroutine::sleep(0.001);
            $order[] = "end $number";
            return $number;
        };
        $cids = [];
        foreach ([1, 2] as $number) {
            $cids[] = go(fn () => synchronized($lock, fn () => $work($number), $timeout));
        }
        Coroutine::join($cids);
        echo $timeout, ': ', implode(', ', $order), "\n";
    }
    $lock = new Coroutine\Lock();
    $lock->lock();
    go(function () use ($lock) {
        foreach ([4, 5, 6, 7, 12] as $operation) {
            echo json_encode([$lock->lock($operation), $lock->errCode]), "\n";
        }
    });
});

// Between processes: LOCK_UN has the bit of LOCK_SH.
foreach ([[LOCK_UN, LOCK_SH], [10, LOCK_EX]] as [$operation, $meant]) {
    $lock = new Lock(SWOOLE_RWLOCK);
    var_dump($lock->lock($operation));
    $other = new Process(function () use ($lock) {
        echo json_encode([$lock->lock(LOCK_SH | LOCK_NB), $lock->lock(16 | LOCK_NB)]), "\n";
    }, false, 0);
    $other->start();
    Process::wait();
    var_dump($lock->unlock());
}
echo preg_replace('/.*NOTICE/', 'NOTICE', file_get_contents($log));
unlink($log);
?>
--EXPECT--
0: begin 1, end 1, begin 2, end 2
1: begin 1, end 1, begin 2, end 2
2: begin 1, end 1, begin 2, end 2
3: begin 1, end 1, begin 2, end 2
8: begin 1, end 1, begin 2, end 2
10: begin 1, end 1, begin 2, end 2
-8: begin 1, end 1, begin 2, end 2
[false,16]
[false,16]
[false,16]
[false,16]
[false,16]
bool(true)
[true,false]
bool(true)
bool(true)
[false,false]
bool(true)
NOTICE	lock(3): the number is an operation (LOCK_EX, LOCK_SH, LOCK_NB), not a time limit: the call may wait without a limit
NOTICE	lock(20): the number is an operation (LOCK_EX, LOCK_SH, LOCK_NB), not a time limit: the call may wait without a limit
NOTICE	lock(20): the number is an operation (LOCK_EX, LOCK_SH, LOCK_NB), not a time limit: the call may wait without a limit
