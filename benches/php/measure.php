<?php
// What the scripts beside this one share. Each is started as
//     php SCRIPT ours|stock|floor|bare ... BATCHES PER_BATCH
// and prints one number, the median over batches of nanoseconds an operation, or ends with NO_COUNTERPART.

/** Exit status: this PHP lacks the extension that the other side needs. */
const NO_COUNTERPART = 77;

// A warning is a broken benchmark, not a slow one.
set_error_handler(function (int $level, string $message, string $file, int $line): never {
    throw new ErrorException($message, 0, $level, $file, $line);
});

/**
 * Runs `$batch($perBatch)` once to warm up and then `$batches` times: the median.
 *
 * `$prepare($perBatch)` comes before each of them and is not timed. The caller prints the median last, after its
 * clean-up, because PHP runs no `finally` once its output has nowhere to go.
 */
function measure(int $batches, int $perBatch, callable $batch, ?callable $prepare = null): float
{
    $times = [];
    $prepare && $prepare($perBatch);
    $batch($perBatch);
    for ($i = 0; $i < $batches; $i++) {
        $prepare && $prepare($perBatch);
        $start = hrtime(true);
        $batch($perBatch);
        $times[] = (hrtime(true) - $start) / $perBatch;
    }
    sort($times);
    return $times[intdiv($batches, 2)];
}

/** Ends the script where this PHP does not have all of `$functions`. */
function needs(string ...$functions): void
{
    foreach ($functions as $function) {
        if (!function_exists($function)) {
            exit(NO_COUNTERPART);
        }
    }
}

/**
 * A socket pair of the sockets extension with the buffers that Swoole asks for.
 *
 * @return array{Socket, Socket}
 */
function socket_pair(int $type): array
{
    socket_create_pair(AF_UNIX, $type, 0, $pair) ?: throw new Exception('socket_create_pair');
    foreach ($pair as $socket) {
        socket_set_option($socket, SOL_SOCKET, SO_SNDBUF, 8 * 1024 * 1024);
    }
    return $pair;
}

/** Forks a child that runs `$body` and dies without PHP's shutdown. */
function stock_child(callable $body): int
{
    $pid = pcntl_fork();
    if ($pid < 0) {
        throw new Exception('pcntl_fork');
    }
    if ($pid === 0) {
        try {
            $body();
        } finally {
            posix_kill(posix_getpid(), 9);
        }
    }
    return $pid;
}
