--TEST--
with SIGCHLD ignored: read() sees the end, wait() gives false when the last child has ended, the object can be started again
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
pcntl_signal(SIGCHLD, SIG_IGN);
foreach (TYPES as $name => $type) {
    $p = new Process(function (Process $p) {
        $p->write($p->read());
        exit(3);
    }, false, $type);
    foreach ([1, 2] as $run) {
        $p->start();
        $p->write("run $run");
        echo "$name: ", json_encode([$p->read(), $p->read(), Process::wait()]), "\n";
    }
}
?>
--EXPECT--
stream: ["run 1","",false]
stream: ["run 2","",false]
message: ["run 1","",false]
message: ["run 2","",false]
