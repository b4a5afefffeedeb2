<?php
// Many coroutines that sleep for a millisecond, again and again: sleep.php SIDE NUMBER BATCHES PER_BATCH
// The other side is PHP's own Fiber, with a heap of deadlines in PHP.
use Swoole\Coroutine;

require __DIR__ . '/measure.php';
ini_set('memory_limit', '-1');
const NAP = 0.001;
$side = $argv[1];
[$number, $batches, $perBatch] = array_map(intval(...), array_slice($argv, 2));

if ($side === 'stock') {
    $heap = new SplMinHeap();
    for ($i = 0; $i < $number; $i++) {
        $fiber = new Fiber(function (): void {
            while (true) {
                Fiber::suspend();
            }
        });
        $fiber->start();
        $heap->insert([hrtime(true) + NAP * 1e9, $i, $fiber]);
    }
    printf("%.2f\n", measure($batches, $perBatch, function (int $count) use ($heap): void {
        while ($count > 0) {
            $now = hrtime(true);
            if ($heap->top()[0] > $now) {
                usleep((int) (($heap->top()[0] - $now) / 1000) + 1);
                $now = hrtime(true);
            }
            for (; $count > 0 && $heap->top()[0] <= $now; $count--) {
                [, $i, $fiber] = $heap->extract();
                $fiber->resume();
                $heap->insert([hrtime(true) + NAP * 1e9, $i, $fiber]);
            }
        }
    }));
    exit;
}

Coroutine::set(['enable_deadlock_check' => false, 'max_coroutine' => $number + 2]);
Coroutine\run(function () use ($number, $batches, $perBatch): void {
    $left = 0;
    $waiting = Coroutine::getCid();
    for ($i = 0; $i < $number; $i++) {
        Coroutine::create(function () use (&$left, $waiting): void {
            while (true) {
                Coroutine::sleep(NAP);
                if (--$left === 0) {
                    Coroutine::resume($waiting);
                }
            }
        });
    }
    printf("%.2f\n", measure($batches, $perBatch, function (int $count) use (&$left): void {
        $left = $count;
        Coroutine::yield();
    }));
    // The coroutines sleep for ever.
    Swoole\Event::exit();
});
