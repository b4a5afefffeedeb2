<?php
// Pools of two workers, and of many: pool.php SIDE pairs|files|queue|server SIZE SENDERS BATCHES PER_BATCH FLOOR
//                                    pool.php SIDE hire BATCHES PER_BATCH
//                                    pool.php SIDE reload WORKERS BATCHES
// The clients of a server are those of the floor, so that only the pool is measured.
require __DIR__ . '/measure.php';

use Swoole\Process;
use Swoole\Process\Pool;

const WORKERS = 2;

[, $side, $what] = $argv;
$median = match ($what) {
    'hire' => ($side === 'ours' ? hire(...) : stock_hire(...))(...array_map('intval', array_slice($argv, 3))),
    'reload' => $side === 'ours' ? reload(...array_map('intval', array_slice($argv, 3))) : stock_reload(...array_map('intval', array_slice($argv, 3))),
    'server' => serve(...array_slice($argv, 3)),
    default => ($side === 'bare' ? bare_feed(...) : feed(...))($what, ...array_map('intval', array_slice($argv, 3, 4))),
};
printf("%.2f\n", $median);

/** Runs a pool in a child until `$body` is done; it begins with `$first`. */
function with_pool(Pool $pool, callable $body, ?callable $first = null): float
{
    swoole_async_set(['log_file' => '/dev/null']);
    $pid = (new Process(function () use ($pool, $first) {
        $first && $first();
        $pool->start();
    }, false, 0))->start();
    try {
        return $body($pid);
    } finally {
        Process::kill($pid, SIGTERM);
        Process::wait();
    }
}

function words(): array
{
    return stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
}

/** Waits for so many words. */
function await($stream, int $count): void
{
    while ($count > 0) {
        $count -= strlen(fread($stream, $count)) ?: throw new Exception('a worker has gone');
    }
}

function feed(string $what, int $size, int $senders, int $batches, int $perBatch): float
{
    $data = str_repeat('x', $size);
    [$heard, $told] = words();
    $go = array_map(words(...), array_fill(0, $senders, null));
    $pool = new Pool(WORKERS, $what === 'queue' ? SWOOLE_IPC_MSGQUEUE : SWOOLE_IPC_UNIXSOCK);
    $pool->set(['enable_message_bus' => $what === 'files']);
    $pool->on('Message', function (Pool $pool, string $message) use ($told) {
        if (strlen($message) === 1) {
            fwrite($told, 'k');
        }
    });
    $pool->on('Start', function (Pool $pool) use ($what, $data, $go, $senders, $perBatch) {
        $ends = $what === 'queue' ? 1 : WORKERS;
        foreach ($go as [, $mine]) {
            (new Process(function () use ($what, $pool, $data, $mine, $senders, $perBatch, $ends) {
                $queue = $what === 'queue' ? $pool->getProcess(0) : null;
                while (fread($mine, 1) === 'g') {
                    if ($queue) {
                        for ($i = 0; $i < intdiv($perBatch, $senders); $i++) {
                            $queue->push($data);
                        }
                        $queue->push('e');
                        continue;
                    }
                    for ($i = 0; $i < intdiv($perBatch, $senders); $i++) {
                        $pool->sendMessage($data, $i % WORKERS);
                    }
                    for ($i = 0; $i < $ends; $i++) {
                        $pool->sendMessage('e', $i);
                    }
                }
            }, false, 0))->start();
        }
    });
    return with_pool($pool, function () use ($what, $senders, $batches, $perBatch, $go, $heard): float {
        $median = measure($batches, $perBatch, function () use ($what, $senders, $go, $heard): void {
            foreach ($go as [$theirs]) {
                fwrite($theirs, 'g');
            }
            await($heard, $senders * ($what === 'queue' ? 1 : WORKERS));
        });
        foreach ($go as [$theirs]) {
            fwrite($theirs, 'q');
        }
        return $median;
    });
}

/** The same with the methods of a C extension, and no pool around them. */
function bare_feed(string $what, int $size, int $senders, int $batches, int $perBatch): float
{
    needs('pcntl_fork', 'posix_kill');
    $data = str_repeat('x', $size);
    [$heard, $told] = words();
    $go = array_map(words(...), array_fill(0, $senders, null));
    $bare = new Bare();
    $queue = $what === 'queue' ? $bare->queue(0x63000000 + getmypid()) : null;
    $pairs = $queue === null ? array_map(fn () => $bare->pair(5), range(1, WORKERS)) : []; // SOCK_SEQPACKET
    $ends = $queue === null ? WORKERS : 1;
    $handle = function (Bare $bare, string $message) use ($told) {
        if (strlen($message) === 1) {
            fwrite($told, 'k');
        }
    };
    $pids = [];
    for ($i = 0; $i < WORKERS; $i++) {
        $pids[] = stock_child(fn () => $bare->serve($queue ?? $pairs[$i][1], $queue !== null, $handle));
    }
    foreach ($go as [, $mine]) {
        $pids[] = stock_child(function () use ($bare, $queue, $pairs, $data, $mine, $senders, $perBatch, $ends) {
            while (fread($mine, 1) === 'g') {
                if ($queue !== null) {
                    for ($i = 0; $i < intdiv($perBatch, $senders); $i++) {
                        $bare->push($queue, $data);
                    }
                    $bare->push($queue, 'e');
                    continue;
                }
                for ($i = 0; $i < intdiv($perBatch, $senders); $i++) {
                    $bare->send($pairs[$i % WORKERS][0], $data);
                }
                for ($i = 0; $i < $ends; $i++) {
                    $bare->send($pairs[$i][0], 'e');
                }
            }
        });
    }
    try {
        return measure($batches, $perBatch, function () use ($senders, $go, $heard, $ends): void {
            foreach ($go as [$theirs]) {
                fwrite($theirs, 'g');
            }
            await($heard, $senders * $ends);
        });
    } finally {
        foreach ($pids as $pid) {
            posix_kill($pid, SIGKILL);
            pcntl_waitpid($pid, $status);
        }
        $queue === null || $bare->freeQueue($queue);
    }
}

function serve(string $size, string $senders, string $batches, string $perBatch, string $floor): float
{
    $path = sys_get_temp_dir() . '/pool-bench-' . getmypid();
    $pool = new Pool(WORKERS, SWOOLE_IPC_SOCKET);
    [$heard, $told] = words();
    $pool->on('WorkerStart', fn () => fwrite($told, 'k'));
    $pool->on('Message', fn (Pool $pool) => $pool->write('k'));
    return with_pool($pool, function () use ($heard, $floor, $path, $size, $senders, $batches, $perBatch): float {
        await($heard, WORKERS);
        $client = proc_open([$floor, 'clients', $path, $size, $senders, $batches, $perBatch], [1 => ['pipe', 'w']], $pipes);
        $median = (float) stream_get_contents($pipes[1]);
        proc_close($client) === 0 || throw new Exception('the clients');
        return $median;
    }, fn () => $pool->listen("unix:$path"));
}

/** A worker that ends at once, again and again: from one to the next. */
function hire(int $batches, int $perBatch): float
{
    [$heard, $told] = words();
    $pool = new Pool(1);
    // Without the pauses after workers that end at once.
    $pool->set(['restart_delay' => 0]);
    $pool->on('WorkerStart', fn () => fwrite($told, 'k'));
    return with_pool($pool, fn () => measure($batches, $perBatch, fn (int $count) => await($heard, $count)));
}

/** The same with forks of PHP that leave without any shutdown. */
function stock_hire(int $batches, int $perBatch): float
{
    needs('pcntl_fork', 'posix_kill');
    [$heard, $told] = words();
    $master = stock_child(function () use ($told) {
        while (stock_child(fn () => fwrite($told, 'k')) === pcntl_wait($status));
    });
    try {
        return measure($batches, $perBatch, fn (int $count) => await($heard, $count));
    } finally {
        posix_kill($master, SIGKILL);
        pcntl_waitpid($master, $status);
    }
}

/** Every worker is replaced, one after the other. */
function reload(int $workers, int $batches): float
{
    [$heard, $told] = words();
    $pool = new Pool($workers, SWOOLE_IPC_UNIXSOCK);
    $pool->on('WorkerStart', fn () => fwrite($told, 'k'));
    $pool->on('Message', fn () => null);
    return with_pool($pool, function (int $master) use ($workers, $batches, $heard): float {
        await($heard, $workers);
        return measure($batches, 1, function () use ($master, $workers, $heard): void {
            Process::kill($master, SIGUSR1);
            await($heard, $workers);
        });
    });
}

/** The same with forks of PHP that do nothing, and end by the signal itself. */
function stock_reload(int $workers, int $batches): float
{
    needs('pcntl_fork', 'posix_kill', 'pcntl_sigwaitinfo');
    [$heard, $told] = words();
    $start = fn (): int => stock_child(function () use ($told) {
        fwrite($told, 'k');
        pcntl_sigwaitinfo([SIGUSR1]);
    });
    $pids = array_map($start, array_fill(0, $workers, null));
    await($heard, $workers);
    $median = measure($batches, 1, function () use (&$pids, $start, $heard): void {
        foreach ($pids as $i => $pid) {
            posix_kill($pid, SIGTERM);
            pcntl_waitpid($pid, $status);
            $pids[$i] = $start();
        }
        await($heard, count($pids));
    });
    foreach ($pids as $pid) {
        posix_kill($pid, SIGKILL);
        pcntl_waitpid($pid, $status);
    }
    return $median;
}
