<?php
// Blocking calls of PHP, in a coroutine or in plain PHP: hooked.php ours|stock stream|accept|query BATCHES PER_BATCH NET
// The other side is a program in C (NET) or MariaDB, the same for both; for the floor of a query NET is the client, too.
require __DIR__ . '/measure.php';
[, $side, $what, $batches, $perBatch, $net] = $argv;

$bench = match ($what) {
    'stream' => function () use ($net): array {
        $pair = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        $peer = proc_open([$net, 'echo'], [$pair[1]], $pipes);
        fclose($pair[1]);
        $data = str_repeat('x', 64);
        return [$peer, function (int $count) use ($pair, $data): void {
            while ($count-- > 0) {
                fwrite($pair[0], $data);
                fread($pair[0], 64) === $data || throw new Exception('fread');
            }
        }];
    },
    'accept' => function () use ($net): array {
        $listener = stream_socket_server('tcp://127.0.0.1:0', context: stream_context_create(['socket' => ['backlog' => 512]]));
        $port = substr(strrchr(stream_socket_get_name($listener, false), ':'), 1);
        $peer = proc_open([$net, 'connect', $port], [], $pipes);
        return [$peer, function (int $count) use ($listener): void {
            while ($count-- > 0) {
                $connection = stream_socket_accept($listener);
                fwrite($connection, 'x');
                fclose($connection);
            }
        }];
    },
    'query' => function (): array {
        $server = mariadb();
        $mysqli = new mysqli('127.0.0.1', 'php', '', '', $server->port);
        return [$server, function (int $count) use ($mysqli): void {
            while ($count-- > 0) {
                $mysqli->query('SELECT 1')->fetch_row() === ['1'] || throw new Exception('query');
            }
        }];
    },
};

/** MariaDB without passwords. It keeps no tables of time zones, and tells so when it starts. */
function mariadb(): Peer
{
    require __DIR__ . '/../../php-tests/peers/support.inc';
    // It tries to connect until the server listens.
    set_error_handler(null);
    try {
        return Peer::mariadb(['skip-grant-tables' => 1]);
    } finally {
        restore_error_handler();
    }
}

if ($side === 'floor') {
    $server = mariadb();
    passthru(implode(' ', array_map(escapeshellarg(...), [$net, 'query', $batches, $perBatch, (string) $server->port])), $status);
    exit($status);
}
$run = function () use ($bench, $batches, $perBatch): void {
    [$peer, $batch] = $bench();
    $median = measure((int) $batches, (int) $perBatch, $batch);
    if (is_resource($peer)) {
        proc_terminate($peer, 9);
        proc_close($peer);
    }
    printf("%.2f\n", $median);
};
$side === 'ours' ? Swoole\Coroutine\run($run) : $run();
