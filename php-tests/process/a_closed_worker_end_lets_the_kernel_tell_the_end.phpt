--TEST--
close(PIPE_WORKER) after start(): read() gives what is left and '' at the child's death; the next start makes a new pair
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $p = new Process(function (Process $p) {
        $p->write('last words');
        exit(4);
    }, false, $type);
    foreach ([1, 2] as $run) {
        $p->start();
        var_dump($p->close(Process::PIPE_WORKER));
        echo "$name: ", json_encode([$p->read(), $p->read(), @$p->write('x'), swoole_strerror(swoole_errno())]), ', ',
            ending(Process::wait()), "\n";
    }
    var_dump($p->close(Process::PIPE_WORKER));
}
?>
--EXPECTF--
bool(true)
stream: ["last words","",false,"Broken pipe"], code 4
bool(true)
stream: ["last words","",false,"Broken pipe"], code 4

Warning: Swoole\Process::close(): close() failed, Error: Bad file descriptor[9] in %s on line %d
bool(false)
bool(true)
message: ["last words","",false,"Broken pipe"], code 4
bool(true)
message: ["last words","",false,"Broken pipe"], code 4

Warning: Swoole\Process::close(): close() failed, Error: Bad file descriptor[9] in %s on line %d
bool(false)
