--TEST--
a write() that failed with EPIPE loses nothing that was written before: the next run reads it
--INI--
swoole.socket_buffer_size=8192
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$idle = true;
$p = new Process(function (Process $p) use (&$idle, &$sent) {
    if (!$idle) {
        for ($n = 0; $n < $sent; $n++) {
            $p->read() === "message $n" || print("message $n is wrong\n");
        }
        echo "all there\n";
    }
});
$p->start();
Process::wait();
for ($sent = 0; @$p->write("message $sent"); $sent++);
echo swoole_strerror(swoole_errno()), "\n";
$idle = false;
$p->start();
echo ending(Process::wait()), "\n";
?>
--EXPECT--
Broken pipe
all there
code 0
