--TEST--
Coroutine\Lock: waits without blocking others, one holder at a time, the holder may lock again, the lock is free at the end.
--FILE--
<?php
// Pins: Coroutine\Lock: waits without blocking others, one holder at a time, the holder may lock again, the lock is free at the end.
// Status: documented; that the holder may lock again is accidental. The order of the waiters is not recorded.
use Swoole\Coroutine;
use Swoole\Coroutine\Lock;
use function Swoole\Coroutine\{run, go};
run(function () {
    $l = new Lock();
    var_dump($l->lock(), $l->lock(LOCK_EX | LOCK_NB), $l->errCode);
    $log = [];
    for ($i = 1; $i <= 3; $i++) {
        go(function () use ($l, $i, &$log) {
            $l->lock();
            $log[] = "in$i";
            Coroutine::sleep(0.02);
            $log[] = "out$i";
            $l->unlock();
        });
    }
    go(function () use ($l) { $r = $l->lock(LOCK_EX | LOCK_NB); echo 'another with LOCK_NB: ', json_encode([$r, $l->errCode === SOCKET_EBUSY]), "\n"; });
    echo 'main goes on, ', count($log), " inside\n";
    Coroutine::sleep(0.03);
    var_dump($l->unlock());
    Coroutine::sleep(0.4);
    echo count($log), ' ', json_encode(array_map(fn ($p) => substr($p[0], 2) === substr($p[1], 3), array_chunk($log, 2))), "\n";
    var_dump($l->lock(LOCK_EX | LOCK_NB), $l->unlock());
});
--EXPECT--
bool(true)
bool(true)
int(0)
another with LOCK_NB: [false,true]
main goes on, 0 inside
bool(true)
6 [true,true,true]
bool(true)
bool(true)
