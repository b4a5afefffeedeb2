--TEST--
an object that goes out of scope while its child runs: the child goes on, is reaped, and reads the end of its pipe
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    [$here, $there] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $before = sockets();
    $p = new Process(function (Process $p) use ($there) {
        $p->close(Process::PIPE_MASTER);
        fwrite($there, json_encode([$p->read(), $p->read(), @$p->write('x')]) . "\n");
        exit(8);
    }, false, $type);
    $p->write('a message');
    $p->start();
    $p = null;
    echo "$name: ", sockets() - $before, ' sockets left, ', trim(fgets($here)), ', ', ending(Process::wait()), "\n";
}
?>
--EXPECT--
stream: 0 sockets left, ["a message","",false], code 8
message: 0 sockets left, ["a message","",false], code 8
