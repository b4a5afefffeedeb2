<?php
// One producer, two consumers on one System V queue; a message of one byte ends a batch for whoever gets it:
// workers.php SIDE SIZE BATCHES PER_BATCH KEY
require __DIR__ . '/measure.php';
[, $side, $size, $batches, $perBatch, $key] = $argv;
$data = str_repeat('x', (int) $size);

if ($side === 'ours') {
    $consume = function (Swoole\Process $self): void {
        while ($self->read() === 'g') {
            do {
                $got = $self->pop();
                if ($got === false) {
                    return;
                }
            } while (strlen($got) > 1);
            $self->write('k');
        }
    };
    $workers = [];
    try {
        for ($i = 0; $i < 2; $i++) {
            $workers[$i] = new Swoole\Process($consume, false, 2);
            $workers[$i]->useQueue((int) $key) || throw new Exception('useQueue');
            $workers[$i]->start();
        }
        $median = measure((int) $batches, (int) $perBatch, function (int $count) use ($workers, $data): void {
            [$first, $second] = $workers;
            $first->write('g');
            $second->write('g');
            while ($count-- > 0) {
                $first->push($data);
            }
            $first->push('e');
            $first->push('e');
            $first->read() . $second->read() === 'kk' || throw new Exception('a worker has gone');
        });
    } finally {
        foreach ($workers as $worker) {
            Swoole\Process::kill($worker->pid, 9);
            Swoole\Process::wait();
        }
        isset($workers[0]) && $workers[0]->freeQueue();
    }
} else {
    needs('msg_get_queue', 'socket_create_pair', 'pcntl_fork', 'posix_kill');
    $queue = msg_get_queue((int) $key, 0600);
    $pids = $sockets = [];
    try {
        for ($i = 0; $i < 2; $i++) {
            [$sockets[$i], $there] = socket_pair(SOCK_SEQPACKET);
            $pids[$i] = stock_child(function () use ($queue, $there): void {
                while (socket_read($there, 8192) === 'g') {
                    do {
                        msg_receive($queue, 0, $type, 65536, $got, false);
                    } while (strlen($got) > 1);
                    socket_write($there, 'k');
                }
            });
            socket_close($there);
        }
        $median = measure((int) $batches, (int) $perBatch, function (int $count) use ($queue, $sockets, $data): void {
            [$first, $second] = $sockets;
            socket_write($first, 'g');
            socket_write($second, 'g');
            while ($count-- > 0) {
                msg_send($queue, 1, $data, false);
            }
            msg_send($queue, 1, 'e', false);
            msg_send($queue, 1, 'e', false);
            socket_read($first, 8192) . socket_read($second, 8192) === 'kk' || throw new Exception('a worker has gone');
        });
    } finally {
        foreach ($pids as $pid) {
            posix_kill($pid, 9);
            pcntl_wait($status);
        }
        msg_remove_queue($queue);
    }
}
printf("%.2f\n", $median);
