<?php
// Round trips between parent and child through one pipe: pipe.php SIDE stream|message SIZE BATCHES PER_BATCH
require __DIR__ . '/measure.php';
[, $side, $kind, $size, $batches, $perBatch] = $argv;
$size = (int) $size;
$data = str_repeat('x', $size);

if ($side === 'ours') {
    $process = new Swoole\Process(function (Swoole\Process $self): void {
        while (($got = $self->read()) !== '' && $got !== false) {
            $self->write($got);
        }
    }, false, $kind === 'stream' ? 1 : 2);
    $pid = $process->start();
    try {
        $median = measure((int) $batches, (int) $perBatch, function (int $count) use ($process, $data, $size): void {
            while ($count-- > 0) {
                $process->write($data);
                $have = 0;
                do {
                    $got = strlen($process->read());
                    $got > 0 || throw new Exception('the child has gone');
                    $have += $got;
                } while ($have < $size);
            }
        });
    } finally {
        Swoole\Process::kill($pid, 9);
        Swoole\Process::wait();
    }
} elseif ($side === 'bare') {
    needs('pcntl_fork', 'posix_kill');
    $bare = new Bare();
    [$here, $there] = $bare->pair($kind === 'stream' ? 1 : 5); // SOCK_STREAM, SOCK_SEQPACKET
    $pid = stock_child(function () use ($bare, $there): void {
        // Both processes hold both ends, as with ours, so the child is ended by the signal below.
        while (($got = $bare->receive($there)) !== '' && $got !== false) {
            $bare->send($there, $got);
        }
    });
    try {
        $median = measure((int) $batches, (int) $perBatch, function (int $count) use ($bare, $here, $data, $size): void {
            while ($count-- > 0) {
                $bare->send($here, $data);
                $have = 0;
                do {
                    $got = strlen($bare->receive($here));
                    $got > 0 || throw new Exception('the child has gone');
                    $have += $got;
                } while ($have < $size);
            }
        });
    } finally {
        posix_kill($pid, 9);
        pcntl_wait($status);
    }
} else {
    needs('socket_create_pair', 'pcntl_fork', 'posix_kill');
    [$here, $there] = socket_pair($kind === 'stream' ? SOCK_STREAM : SOCK_SEQPACKET);
    $pid = stock_child(function () use ($here, $there): void {
        socket_close($here);
        while (($got = socket_read($there, 8192)) !== '') {
            socket_write($there, $got);
        }
    });
    socket_close($there);
    try {
        $median = measure((int) $batches, (int) $perBatch, function (int $count) use ($here, $data, $size): void {
            while ($count-- > 0) {
                socket_write($here, $data);
                $have = 0;
                do {
                    $got = strlen(socket_read($here, 8192));
                    $got > 0 || throw new Exception('the child has gone');
                    $have += $got;
                } while ($have < $size);
            }
        });
    } finally {
        posix_kill($pid, 9);
        pcntl_wait($status);
    }
}
printf("%.2f\n", $median);
