<?php
// What coroutine sockets do beside sending and receiving: net.php ours WHAT BATCHES PER_BATCH [BYTES]
require __DIR__ . '/measure.php';
[, , $what] = $argv;
[$batches, $perBatch, $bytes] = [(int) $argv[3], (int) $argv[4], (int) ($argv[5] ?? 0)];

use Swoole\Coroutine;
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{go, run};

const CHUNK = 65536;
const SIZE = 64;

/** Sends blocks of what $receive takes apart, which are CHUNK / SIZE in each. */
function frames(string $block, Socket $from, Socket $to, Closure $receive): Closure
{
    return function (int $count) use ($block, $from, $receive): void {
        for ($got = 0; $got < $count; $got += CHUNK / SIZE) {
            $from->sendAll($block);
            for ($i = 0; $i < CHUNK / SIZE; $i++) {
                $receive();
            }
        }
    };
}
/** A certificate and its key in a file. */
function certificate(): string
{
    needs('openssl_pkey_new');
    $key = openssl_pkey_new(['private_key_bits' => 2048]);
    openssl_x509_export(openssl_csr_sign(openssl_csr_new(['commonName' => 'bench'], $key), null, $key, 1), $certificate);
    openssl_pkey_export($key, $private);
    $file = tempnam(sys_get_temp_dir(), 'bench');
    file_put_contents($file, $certificate . $private);
    return $file;
}
Coroutine::set(['enable_deadlock_check' => false]);
if ($what === 'sendfile') {
    $file = tempnam(sys_get_temp_dir(), 'bench');
    ftruncate(fopen($file, 'r+'), $bytes);
    $pair = socket_pair(SOCK_STREAM);
    // A child that takes all there is.
    $pid = stock_child(function () use ($pair): void {
        socket_close($pair[0]);
        while (socket_recv($pair[1], $data, 2 * CHUNK, 0) > 0);
    });
    socket_close($pair[1]);
    $stream = socket_export_stream($pair[0]);
    run(function () use ($stream, $file, $batches, $perBatch): void {
        $socket = Socket::import($stream);
        $median = measure($batches, $perBatch, function (int $count) use ($socket, $file): void {
            for ($i = 0; $i < $count; $i++) {
                $socket->sendFile($file) || throw new Exception($socket->errMsg);
            }
        });
        printf("%.2f\n", $median);
    });
    unlink($file);
    posix_kill($pid, SIGKILL);
    pcntl_waitpid($pid, $status);
    exit;
}
$certificate = $what === 'tls' ? certificate() : null;
run(function () use ($what, $batches, $perBatch, $certificate): void {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    array_map(fn (Socket $socket) => $socket->setOption(SOL_SOCKET, SO_SNDBUF, 8 * 1024 * 1024), [$a, $b]);
    switch ($what) {
        case 'lines':
            $batch = frames(str_repeat(str_repeat('x', SIZE - 1) . "\n", CHUNK / SIZE), $a, $b, fn () => $b->recvLine());
            break;
        case 'packets':
            $b->setProtocol(['open_length_check' => true, 'package_length_type' => 'N', 'package_body_offset' => 4]);
            $batch = frames(str_repeat(pack('N', SIZE - 4) . str_repeat('x', SIZE - 4), CHUNK / SIZE), $a, $b, fn () => $b->recvPacket());
            break;
        case 'connections':
            posix_setrlimit(POSIX_RLIMIT_NOFILE, 2 * $perBatch + 64, 2 * $perBatch + 64) || exit(NO_COUNTERPART);
            $batch = connections(...);
            break;
        case 'tls':
            $listener = new Socket(AF_UNIX, SOCK_STREAM);
            $path = "$certificate.socket";
            $listener->bind($path);
            $listener->listen();
            $listener->setProtocol(['open_ssl' => true, 'ssl_cert_file' => $certificate, 'ssl_key_file' => $certificate]);
            $text = str_repeat('x', SIZE);
            go(function () use ($listener): void {
                $server = $listener->accept();
                $server->sslHandshake();
                while (($data = $server->recv(SIZE)) != '') {
                    $server->send($data);
                }
            });
            $client = new Socket(AF_UNIX, SOCK_STREAM);
            $client->setProtocol(['open_ssl' => true]);
            $client->connect($path);
            $batch = function (int $count) use ($client, $text): void {
                for ($i = 0; $i < $count; $i++) {
                    $client->send($text);
                    $client->recv(SIZE);
                }
            };
            break;
    }
    $median = measure($batches, $perBatch, $batch);
    $certificate === null || unlink($certificate);
    printf("%.2f\n", $median);
    isset($client) && $client->close();
});

/** Connections that are all open at once, a message there and back on each. */
function connections(int $count): void
{
    $listener = new Socket(AF_INET, SOCK_STREAM);
    $listener->bind('127.0.0.1');
    $listener->listen();
    $port = $listener->getsockname()['port'];
    $text = str_repeat('x', SIZE);
    go(function () use ($listener, $count): void {
        for ($i = 0; $i < $count; $i++) {
            $connection = $listener->accept();
            go(fn () => $connection->send($connection->recv(SIZE)) && $connection->recv(SIZE));
        }
    });
    $clients = [];
    for ($i = 0; $i < $count; $i++) {
        $clients[] = $client = new Socket(AF_INET, SOCK_STREAM);
        $client->connect('127.0.0.1', $port);
    }
    foreach ($clients as $client) {
        $client->send($text);
        $client->recv(SIZE);
        $client->close();
    }
}
