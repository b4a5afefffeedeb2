<?php
// A call that does next to nothing: call.php SIDE function|method BATCHES PER_BATCH
// Three loops of the same shape, in functions: the loop itself is part of every number.
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
