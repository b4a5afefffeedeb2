--TEST--
daemon() in the child: the child is reaped, what it left behind goes on with the pipe, and at its end the pipe ends
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $p = new Process(function (Process $p) {
        Process::daemon();
        $p->write('pid ' . getmypid());
        // Quiet for a while: the daemon, which has another parent now, must not take that for the end.
        $p->write('told: ' . $p->read());
    }, false, $type);
    $pid = $p->start();
    echo ending(Process::wait()), ', ';
    $daemon = (int) substr($p->read(), 4);
    echo $daemon !== $pid ? 'another process, ' : 'the same process, ';
    usleep(150000);
    $p->write('hello');
    echo json_encode([$p->read(), $p->read()]), ", $name\n";
    until_ended($daemon);
}
?>
--EXPECT--
code 0, another process, ["told: hello",""], stream
code 0, another process, ["told: hello",""], message
