<?php
// Messages to a child that only reads, and answers once a batch: oneway.php SIDE SIZE BATCHES PER_BATCH
require __DIR__ . '/measure.php';
[, $side, $size, $batches, $perBatch] = $argv;
$data = str_repeat('x', (int) $size);

if ($side === 'ours') {
    $process = new Swoole\Process(function (Swoole\Process $self) use ($perBatch): void {
        for (;;) {
            for ($i = 0; $i < $perBatch; $i++) {
                $got = $self->read(65536);
                if ($got === '' || $got === false) {
                    return;
                }
            }
            $self->write('k');
        }
    }, false, 2);
    $pid = $process->start();
    try {
        $median = measure((int) $batches, (int) $perBatch, function (int $count) use ($process, $data): void {
            while ($count-- > 0) {
                $process->write($data);
            }
            $process->read() === 'k' || throw new Exception('the child has gone');
        });
    } finally {
        Swoole\Process::kill($pid, 9);
        Swoole\Process::wait();
    }
} else {
    needs('socket_create_pair', 'pcntl_fork', 'posix_kill');
    [$here, $there] = socket_pair(SOCK_SEQPACKET);
    $pid = stock_child(function () use ($here, $there, $perBatch): void {
        socket_close($here);
        for (;;) {
            for ($i = 0; $i < $perBatch; $i++) {
                if (socket_read($there, 65536) === '') {
                    return;
                }
            }
            socket_write($there, 'k');
        }
    });
    socket_close($there);
    try {
        $median = measure((int) $batches, (int) $perBatch, function (int $count) use ($here, $data): void {
            while ($count-- > 0) {
                socket_write($here, $data);
            }
            socket_read($here, 8192) === 'k' || throw new Exception('the child has gone');
        });
    } finally {
        posix_kill($pid, 9);
        pcntl_wait($status);
    }
}
printf("%.2f\n", $median);
