--TEST--
with a time limit shorter than the pipe's own read() still sees that the child is dead, be it reaped or not
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    foreach ([0.05, 0.000001] as $seconds) {
        foreach (['not reaped', 'reaped'] as $state) {
            $p = new Process(fn () => 0, false, $type);
            $p->start();
            until_ended($p->pid);
            $state === 'reaped' && Process::wait();
            $p->setTimeout($seconds);
            echo "$name, limit $seconds, $state: ", json_encode($p->read()), "\n";
            $state === 'reaped' || Process::wait();
        }
    }
}
?>
--EXPECT--
stream, limit 0.05, not reaped: ""
stream, limit 0.05, reaped: ""
stream, limit 1.0E-6, not reaped: ""
stream, limit 1.0E-6, reaped: ""
message, limit 0.05, not reaped: ""
message, limit 0.05, reaped: ""
message, limit 1.0E-6, not reaped: ""
message, limit 1.0E-6, reaped: ""
