<?php
// Round trips of a value between parent and child: values.php SIDE SIZE BATCHES PER_BATCH
// ours: send() and receive(). stock: serialize() with its length in front, through a socket pair of PHP's streams. framed: the
// same as event-driven libraries do it, with a buffer, and a stream that never blocks.
require __DIR__ . '/measure.php';
[, $side, $size, $batches, $perBatch] = $argv;
$value = ['id' => 7, 'text' => str_repeat('x', (int) $size)];

/** @return array{Closure, Closure} how to send a value, and to receive one; null at the end */
function ends(string $side, mixed $stream): array
{
    if ($side === 'stock') {
        return [
            function (mixed $value) use ($stream): void {
                $text = serialize($value);
                fwrite($stream, pack('N', strlen($text)) . $text);
            },
            function () use ($stream): mixed {
                $head = fread($stream, 4);
                if ($head === '' || $head === false) {
                    return null;
                }
                for ($text = '', $left = unpack('N', $head)[1]; $left > 0; $left -= strlen($part)) {
                    $text .= $part = fread($stream, $left);
                }
                return unserialize($text);
            },
        ];
    }
    stream_set_blocking($stream, false);
    stream_set_read_buffer($stream, 0);
    $buffer = '';
    return [
        function (mixed $value) use ($stream): void {
            $text = serialize($value);
            $text = pack('CV', 0, strlen($text)) . $text;
            while (($sent = fwrite($stream, $text)) < strlen($text)) {
                $text = substr($text, (int) $sent);
                [$none, $write, $except] = [null, [$stream], null];
                stream_select($none, $write, $except, null);
            }
        },
        function () use ($stream, &$buffer): mixed {
            while (true) {
                if (strlen($buffer) >= 5) {
                    $length = unpack('Ctype/Vlength', $buffer)['length'];
                    if (strlen($buffer) >= 5 + $length) {
                        $text = substr($buffer, 5, $length);
                        $buffer = substr($buffer, 5 + $length);
                        return unserialize($text);
                    }
                }
                [$read, $none, $except] = [[$stream], null, null];
                stream_select($read, $none, $except, null);
                $part = fread($stream, 65536);
                if ($part === '' && feof($stream)) {
                    return null;
                }
                $buffer .= $part;
            }
        },
    ];
}

if ($side === 'ours') {
    $process = new Swoole\Process(function (Swoole\Process $self): void {
        while (is_array($value = $self->receive())) {
            $self->send($value);
        }
    });
    $pid = $process->start();
    $send = fn (mixed $value) => $process->send($value);
    $receive = fn () => $process->receive();
} else {
    needs('pcntl_fork', 'posix_kill');
    [$here, $there] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $pid = stock_child(function () use ($side, $here, $there): void {
        fclose($here);
        [$send, $receive] = ends($side, $there);
        while (($value = $receive()) !== null) {
            $send($value);
        }
    });
    fclose($there);
    [$send, $receive] = ends($side, $here);
}
try {
    $median = measure((int) $batches, (int) $perBatch, function (int $count) use ($send, $receive, $value): void {
        while ($count-- > 0) {
            $send($value);
            $back = $receive();
        }
        $back === $value || throw new Exception('another value');
    });
} finally {
    $side === 'ours' ? Swoole\Process::kill($pid, 9) && Swoole\Process::wait() : posix_kill($pid, 9) && pcntl_wait($status);
}
printf("%.2f\n", $median);
