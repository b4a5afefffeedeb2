<?php
// An echo server on coroutine sockets, with a thousand concurrent clients.
//
//   php -d extension=swoole_process.so examples/coroutine_echo_server.php [CLIENTS]
//
// The clients are coroutines of a second process, so that no process has more than some thousand descriptors. Each one
// connects, sends three lines, and compares the answers. The program exits by itself, in about a second.

use Swoole\{Coroutine, Process};
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{go, run};

$clients = max(1, (int) ($argv[1] ?? 1000));
if (function_exists('posix_setrlimit') && posix_getrlimit()['soft openfiles'] < $clients + 64) {
    posix_setrlimit(POSIX_RLIMIT_NOFILE, $clients + 64, $clients + 64);
}

$server = new Socket(AF_INET, SOCK_STREAM, 0);
$server->bind('127.0.0.1', 0) && $server->listen(1024) || exit("listen: $server->errMsg\n");
$port = $server->getsockname()['port'];

/** One client. Returns the number of lines that came back unchanged. */
function talk(int $number, int $port): int
{
    $socket = new Socket(AF_INET, SOCK_STREAM, 0);
    if (!$socket->connect('127.0.0.1', $port, 10)) {
        echo "client $number: $socket->errMsg\n";
        return 0;
    }
    $good = 0;
    foreach (['first', 'second', 'third'] as $word) {
        $line = "$word line of client $number\n";
        $socket->sendAll($line);
        $good += (int) ($socket->recvAll(strlen($line), 10) === $line);
    }
    $socket->close();
    return $good;
}

$crowd = new Process(function (Process $self) use ($clients, $port, $server) {
    $server->close();
    $good = 0;
    for ($number = 1; $number <= $clients; $number++) {
        go(function () use ($number, $port, &$good) {
            $good += talk($number, $port);
        });
    }
    while (Coroutine::stats()['coroutine_num'] > 1) {
        Coroutine::sleep(0.001);
    }
    $self->write((string) $good);
}, false, SOCK_DGRAM, true);
$crowd->start();

run(function () use ($server, $crowd, $clients) {
    $open = $most = $served = 0;
    go(function () use ($server, &$open, &$most, &$served) {
        while ($connection = $server->accept(-1)) {
            go(function () use ($connection, &$open, &$most, &$served) {
                $most = max($most, ++$open);
                while (($data = $connection->recv()) !== '' && $data !== false) {
                    $connection->sendAll($data);
                }
                $connection->close();
                $open--;
                $served++;
            });
        }
    });
    $good = (int) $crowd->exportSocket()->recv();
    // close() ends the waiting accept().
    $server->close();
    echo "$good of ", 3 * $clients, " lines came back unchanged; $served connections, up to $most at a time\n";
});
Process::wait();
