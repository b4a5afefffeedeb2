--TEST--
a listening socket that is sent to another process goes on accepting there, as a stream and in coroutines
--EXTENSIONS--
sockets
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Socket;
use Swoole\Process;
use function Swoole\Coroutine\run;

require __DIR__ . '/../support.inc';

/** What a server at an address says. */
function ask(string $address): string
{
    return (string) stream_get_contents(stream_socket_client($address));
}

$path = tempnam(sys_get_temp_dir(), 'handle') . '.s';
$coroutine = new Socket(AF_INET, SOCK_STREAM);
$coroutine->bind('127.0.0.1');
$coroutine->listen();
$ext = socket_create_listen(0);
socket_getsockname($ext, $_, $port);
$listeners = [
    'tcp' => $tcp = stream_socket_server('tcp://127.0.0.1:0'),
    'unix' => stream_socket_server("unix://$path"),
    'coroutine' => $coroutine,
    'sockets' => $ext,
];
$addresses = [
    'tcp' => 'tcp://' . stream_socket_get_name($tcp, false),
    'unix' => "unix://$path",
    'coroutine' => "tcp://127.0.0.1:{$coroutine->getsockname()['port']}",
    'sockets' => "tcp://127.0.0.1:$port",
];
// It has none of them.
$successor = new Process(function (Process $p) {
    while ($listener = $p->receiveHandle(-1, $name)) {
        if ($name === 'coroutine') {
            run(function () use ($listener, $name) {
                $client = Socket::import($listener)->accept(5);
                $client->send("$name, from the successor");
            });
        } else {
            fwrite(stream_socket_accept($listener), "$name, from the successor");
        }
        fclose($listener);
        $p->write('done');
    }
});
$successor->start();
foreach ($listeners as $name => $listener) {
    // A client that waits is taken by the successor.
    $client = stream_socket_client($addresses[$name]);
    var_dump($successor->sendHandle($listener, $name));
    echo stream_get_contents($client), "\n", $successor->read(), "\n";
}
unset($listeners, $listener, $tcp, $coroutine, $ext);
$successor->close(Process::PIPE_WRITE);
echo ending(Process::wait()), "\n";
// They are closed in both processes.
foreach ($addresses as $address) {
    var_dump(@stream_socket_client($address));
}
unlink($path);
?>
--EXPECT--
bool(true)
tcp, from the successor
done
bool(true)
unix, from the successor
done
bool(true)
coroutine, from the successor
done
bool(true)
sockets, from the successor
done
code 0
bool(false)
bool(false)
bool(false)
bool(false)
