<?php
// Round trips by exportSocket(), in a coroutine on both sides: exported.php ours stream|message SIZE BATCHES PER_BATCH
require __DIR__ . '/measure.php';
[, , $kind, $size, $batches, $perBatch] = $argv;
$size = (int) $size;
$data = str_repeat('x', $size);

$process = new Swoole\Process(function (Swoole\Process $self): void {
    $socket = $self->exportSocket();
    while (($got = $socket->recv()) !== '' && $got !== false) {
        $socket->send($got);
    }
}, false, $kind === 'stream' ? 1 : 2, true);
$pid = $process->start();
try {
    $median = null;
    Swoole\Coroutine\run(function () use ($process, $data, $size, $batches, $perBatch, &$median): void {
        $socket = $process->exportSocket();
        $median = measure((int) $batches, (int) $perBatch, function (int $count) use ($socket, $data, $size): void {
            while ($count-- > 0) {
                $socket->send($data);
                $have = 0;
                do {
                    $got = strlen($socket->recv());
                    $got > 0 || throw new Exception('the child has gone');
                    $have += $got;
                } while ($have < $size);
            }
        });
    });
} finally {
    Swoole\Process::kill($pid, 9);
    Swoole\Process::wait();
}
printf("%.2f\n", $median);
