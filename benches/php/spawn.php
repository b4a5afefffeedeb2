<?php
// A child that does nothing, and its end: spawn.php SIDE BATCHES PER_BATCH
require __DIR__ . '/measure.php';
[, $side, $batches, $perBatch] = $argv;

if ($side === 'ours') {
    $batch = function (int $count): void {
        while ($count-- > 0) {
            $process = new Swoole\Process(fn () => null, false, 0);
            $pid = $process->start();
            $ended = Swoole\Process::wait();
            ($ended['pid'] === $pid && $ended['code'] === 0) || throw new Exception('wait');
        }
    };
} elseif ($side === 'stock') {
    needs('pcntl_fork');
    $batch = function (int $count): void {
        while ($count-- > 0) {
            $pid = pcntl_fork();
            if ($pid === 0) {
                exit(0);
            }
            pcntl_wait($status) === $pid || throw new Exception('pcntl_wait');
        }
    };
} else {
    // The floor: a child of PHP that leaves without any shutdown, which is what the fork itself costs.
    needs('pcntl_fork', 'posix_kill');
    $batch = function (int $count): void {
        while ($count-- > 0) {
            $pid = stock_child(fn () => null);
            pcntl_wait($status) === $pid || throw new Exception('pcntl_wait');
        }
    };
}
$median = measure((int) $batches, (int) $perBatch, $batch);
printf("%.2f\n", $median);
