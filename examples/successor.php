<?php
// A server that is replaced without losing a client: it sends its listening socket to a successor, which continues to accept.
//
//   scripts/php examples/successor.php    from the checkout
//   php examples/successor.php            where the extension is installed
//
// The socket is open all the time: clients that connect meanwhile wait in it. Each server serves three clients.

use Swoole\Process;

const SERVED = 3;

/** Serves some clients, then sends the socket to the next process. */
function serve(string $name, $listener, ?Process $successor): void
{
    for ($i = 0; $i < SERVED; $i++) {
        $client = stream_socket_accept($listener, 30);
        fwrite($client, "$name, client " . fgets($client));
        fclose($client);
    }
    // From here on the successor has the socket, even if this process dies.
    $successor?->sendHandle($listener, "$name has served " . SERVED);
}

$new = new Process(function (Process $me) {
    $listener = $me->receiveHandle(30, $report);
    $me->write("$report, then the new server took over\n");
    serve('the new server', $listener, null);
});
$new->start();

$address = tempnam(sys_get_temp_dir(), 'successor') . '.sock';
$old = new Process(function () use ($address, $new) {
    $listener = stream_socket_server("unix://$address");
    // The server is ready for clients.
    posix_kill(posix_getppid(), SIGUSR1);
    serve('the old server', $listener, $new);
});
pcntl_sigprocmask(SIG_BLOCK, [SIGUSR1]);
$old->start();
pcntl_sigwaitinfo([SIGUSR1]);

$clients = [];
for ($i = 1; $i <= 2 * SERVED; $i++) {
    $clients[] = $client = stream_socket_client("unix://$address");
    fwrite($client, "$i\n");
}
foreach ($clients as $client) {
    echo fgets($client);
}
echo $new->read();
while (Process::wait());
unlink($address);
