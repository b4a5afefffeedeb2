--TEST--
Coroutine\Lock: others run while one waits, the lock goes on in the order of coming and at once; cancellation and forgotten locks
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Lock;
use function Swoole\Coroutine\{go, run};

foreach ([false, true] as $shared) {
    run(function () use ($shared) {
        $lock = new Lock($shared);
        $log = [];
        $lock->lock();
        foreach (['a', 'b', 'c', 'd'] as $name) {
            $cids[$name] = go(function () use ($lock, $name, &$log) {
                $got = $lock->lock();
                $log[] = "$name " . json_encode([$got, $lock->errCode]);
                if ($got && $name !== 'c') {
                    Coroutine::sleep(0.001);
                    $lock->unlock();
                }
            });
        }
        var_dump($lock->lock(LOCK_NB), Coroutine::cancel($cids['b']));
        go(fn () => var_dump([$lock->lock(LOCK_EX | LOCK_NB), $lock->errCode, $lock->unlock(), $lock->errCode]));
        $t = microtime(true);
        $lock->unlock();
        Coroutine::join([$cids['d']]);
        echo implode(', ', $log), "\n";
        // The coroutine that runs last has unlocked it.
        var_dump($lock->lock(), $lock->errCode, $lock->unlock(), $lock->unlock(), $lock->errCode);
    });
}
?>
--EXPECT--
bool(true)
bool(true)
array(4) {
  [0]=>
  bool(false)
  [1]=>
  int(16)
  [2]=>
  bool(false)
  [3]=>
  int(1)
}
b [false,125], a [true,0], c [true,0], d [true,130]
bool(true)
int(0)
bool(true)
bool(false)
int(1)
bool(true)
bool(true)
array(4) {
  [0]=>
  bool(false)
  [1]=>
  int(16)
  [2]=>
  bool(false)
  [3]=>
  int(1)
}
b [false,125], a [true,0], c [true,0], d [true,130]
bool(true)
int(0)
bool(true)
bool(false)
int(1)
