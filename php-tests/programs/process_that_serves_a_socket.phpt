--TEST--
a process that accepts clients on a Unix socket, each in a coroutine of its own
--FILE--
<?php
use Swoole\{Coroutine, Process};
use Swoole\Coroutine\Socket;

$path = sys_get_temp_dir() . '/serves-' . getmypid() . '.sock';
$server = new Process(function (Process $process) use ($path): void {
    $socket = new Socket(AF_UNIX, SOCK_STREAM, 0);
    if (!$socket->bind($path) || !$socket->listen(2048)) {
        exit(1);
    }
    $process->write('ready');
    while ($client = $socket->accept(-1)) {
        go(function () use ($client): void {
            // A length of four bytes, then so many.
            while (strlen((string) $header = $client->recvAll(4, 3)) === 4) {
                $message = unserialize($client->recvAll(unpack('N', $header)[1], 3));
                $answer = serialize(['sum' => array_sum($message)]);
                $client->sendAll(pack('N', strlen($answer)) . $answer);
            }
            $client->close();
        });
    }
}, false, SOCK_DGRAM, true);
$server->start();
$server->read();
Coroutine\run(function () use ($path): void {
    $results = Coroutine\map(range(1, 5), function (int $n) use ($path): int {
        $client = new Coroutine\Client(SWOOLE_SOCK_UNIX_STREAM);
        $client->set(['open_length_check' => true, 'package_length_type' => 'N', 'package_length_offset' => 0, 'package_body_offset' => 4]);
        $client->connect($path, 0, 3);
        foreach ([1, 2] as $round) {
            $body = serialize([$n, $round]);
            $client->send(pack('N', strlen($body)) . $body);
            $sum = unserialize(substr($client->recv(3), 4))['sum'];
        }
        $client->close();
        return $sum;
    });
    echo implode(' ', $results), "\n";
});
Process::kill($server->pid, SIGKILL);
Process::wait();
unlink($path);
?>
--EXPECT--
3 4 5 6 7
