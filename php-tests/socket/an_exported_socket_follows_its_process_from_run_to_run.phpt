--TEST--
the exported socket of a process that is started again leads to the new child, and is the same object
--FILE--
<?php
use Swoole\Process;
use function Swoole\Coroutine\run;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    echo "$name\n";
    $p = new Process(function (Process $p) {
        $s = $p->exportSocket();
        $s->send('child ' . $s->recv());
    }, false, $type, true);
    $socket = $p->exportSocket();
    $sockets = sockets();
    foreach ([1, 2, 3] as $round) {
        $p->start();
        run(function () use ($p, $socket, $round) {
            $s = $p->exportSocket();
            $s->send("in round $round");
            echo json_encode([$s === $socket, $s->recv(), $s->recv()]), "\n";
        });
        Process::wait();
    }
    echo 'descriptors: ', sockets() <= $sockets ? 'no more than at the beginning' : 'more', "\n";
}
?>
--EXPECT--
stream
[true,"child in round 1",""]
[true,"child in round 2",""]
[true,"child in round 3",""]
descriptors: no more than at the beginning
message
[true,"child in round 1",""]
[true,"child in round 2",""]
[true,"child in round 3",""]
descriptors: no more than at the beginning
