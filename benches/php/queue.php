<?php
// Push and pop of a System V queue in one process: queue.php SIDE SIZE BATCHES PER_BATCH KEY
require __DIR__ . '/measure.php';
[, $side, $size, $batches, $perBatch, $key] = $argv;
$size = (int) $size;
$data = str_repeat('x', $size);

if ($side === 'ours') {
    $process = new Swoole\Process(fn () => null, false, 0);
    $process->useQueue((int) $key) || throw new Exception('useQueue');
    try {
        $median = measure((int) $batches, (int) $perBatch, function (int $count) use ($process, $data, $size): void {
            while ($count-- > 0) {
                $process->push($data);
                $got = $process->pop();
            }
            strlen($got) === $size || throw new Exception('pop');
        });
    } finally {
        $process->freeQueue();
    }
} elseif ($side === 'bare') {
    $bare = new Bare();
    $queue = $bare->queue((int) $key);
    try {
        $median = measure((int) $batches, (int) $perBatch, function (int $count) use ($bare, $queue, $data, $size): void {
            while ($count-- > 0) {
                $bare->push($queue, $data);
                $got = $bare->pop($queue);
            }
            strlen($got) === $size || throw new Exception('pop');
        });
    } finally {
        $bare->freeQueue($queue);
    }
} else {
    needs('msg_get_queue');
    $queue = msg_get_queue((int) $key, 0600);
    try {
        $median = measure((int) $batches, (int) $perBatch, function (int $count) use ($queue, $data, $size): void {
            while ($count-- > 0) {
                msg_send($queue, 1, $data, false);
                msg_receive($queue, 0, $type, 65536, $got, false);
            }
            strlen($got) === $size || throw new Exception('msg_receive');
        });
    } finally {
        msg_remove_queue($queue);
    }
}
printf("%.2f\n", $median);
