<?php
// A call that does next to nothing: call.php SIDE function|method|construct BATCHES PER_BATCH
// Loops of the same shape, in functions: the loop itself is part of every number.
require __DIR__ . '/measure.php';
[, $side, $what, $batches, $perBatch] = $argv;

$batch = match ("$side $what") {
    'ours function' => function (int $count): void {
        while ($count-- > 0) {
            swoole_last_error();
        }
    },
    'floor function' => function (int $count): void {
        while ($count-- > 0) {
            bench_noop();
        }
    },
    'stock function' => function (int $count): void {
        while ($count-- > 0) {
            pcntl_get_last_error();
        }
    },
    'ours method' => (function () {
        $process = new Swoole\Process(fn () => null, false, 0);
        return function (int $count) use ($process): void {
            while ($count-- > 0) {
                $process->set([]);
            }
        };
    })(),
    'ours construct' => (function () {
        $callback = fn () => null;
        return function (int $count) use ($callback): void {
            while ($count-- > 0) {
                new Swoole\Process($callback, false, 0);
            }
        };
    })(),
    // A class that is written in PHP, with as many properties that are set.
    'stock construct' => (function () {
        $callback = fn () => null;
        $class = new class ($callback, false, 0) {
            public $pipe;
            public $msgQueueId;
            public $msgQueueKey;
            public $pid;
            public $id;
            private $callback;

            public function __construct(callable $callback, bool $redirect = false, int $pipe = 2, bool $coroutine = false)
            {
                $this->callback = $callback;
                $this->pipe = $pipe;
                $this->id = 1;
            }
        };
        $name = $class::class;
        return function (int $count) use ($callback, $name): void {
            while ($count-- > 0) {
                new $name($callback, false, 0);
            }
        };
    })(),
    'floor method' => (function () {
        $object = new BenchNoop();
        return function (int $count) use ($object): void {
            while ($count-- > 0) {
                $object->set([]);
            }
        };
    })(),
};
if ("$side $what" === 'stock function') {
    needs('pcntl_get_last_error');
}
$median = measure((int) $batches, (int) $perBatch, $batch);
printf("%.2f\n", $median);
