--TEST--
A child that is forked while coroutines wait in streams uses and closes these, and its parent's coroutines go on
--FILE--
<?php
use Swoole\Coroutine as Co;
use function Swoole\Coroutine\go;

Swoole\Runtime::enableCoroutine();
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
[$c, $d] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$server = stream_socket_server('tcp://127.0.0.1:0');
go(fn () => print('parent: ' . fgets($a)));
go(fn () => print('parent: ' . fgets($c)));
go(function () use ($server) {
    $client = stream_socket_accept($server);
    echo 'parent: ', fgets($client);
});
go(function () use ($b, $d) {
    $read = [$b, $d];
    echo 'parent: ', stream_select($read, $none, $none, null), " to select\n";
});
foreach ([false, true] as $with_coroutines) {
    $process = new Swoole\Process(function () use ($a, $b, $c, $with_coroutines) {
        if ($with_coroutines) {
            // Nobody waits in it here.
            stream_set_timeout($c, 0, 1000);
            echo 'child: ', json_encode(fgets($c)), "\n";
        }
        echo 'child: ', json_encode(fclose($c)), "\n";
        $pair = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        $with_coroutines && go(fn () => fwrite($pair[0], "to itself\n"));
        fwrite($pair[0], "to itself\n");
        echo 'child: ', fgets($pair[1]);
    }, false, SOCK_STREAM, $with_coroutines);
    $process->start();
    Swoole\Process::wait();
}
go(function () use ($a, $b, $d, $c, $server) {
    fwrite($a, "from the other end\n");
    fwrite($b, "to the first\n");
    fwrite($d, "to the second\n");
    fwrite(stream_socket_client('tcp://' . stream_socket_get_name($server, false)), "to the server\n");
});
Swoole\Event::wait();
?>
--EXPECT--
parent: child: true
child: to itself
child: false
child: true
child: to itself
1 to select
parent: to the first
parent: to the second
parent: to the server
