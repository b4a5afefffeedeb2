<?php
// Push and pop of a channel in shared memory, in one process: channel.php SIDE SIZE BATCHES PER_BATCH
// stock: the same text through a pipe of PHP's streams.
require __DIR__ . '/measure.php';
[, $side, $size, $batches, $perBatch] = $argv;
$size = (int) $size;
$data = str_repeat('x', $size);

if ($side === 'ours') {
    $channel = new Swoole\Process\Channel(100);
    $median = measure((int) $batches, (int) $perBatch, function (int $count) use ($channel, $data, $size): void {
        while ($count-- > 0) {
            $channel->push($data);
            $got = $channel->pop();
        }
        strlen($got) === $size || throw new Exception('pop');
    });
} else {
    [$here, $there] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    stream_set_read_buffer($there, 0);
    $median = measure((int) $batches, (int) $perBatch, function (int $count) use ($here, $there, $data, $size): void {
        while ($count-- > 0) {
            fwrite($here, $data);
            $got = fread($there, $size);
        }
        strlen($got) === $size || throw new Exception('fread');
    });
}
printf("%.2f\n", $median);
