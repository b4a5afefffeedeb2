--TEST--
daemon() in a process that has children: it goes on talking to them, sees the end of each, and cannot wait for them
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $outer = new Process(function (Process $outer) use ($type) {
        $p = new Process(function (Process $p) {
            while (($line = $p->read()) !== '' && $line !== 'end') {
                $p->write("told: $line");
            }
            exit(3);
        }, false, $type);
        $p->start();
        $p->write('before');
        $before = $p->read();
        Process::daemon();
        // Quiet for longer than the pipe's own limit, while the child sees that its parent is another one.
        usleep(150000);
        $p->write('after');
        $after = $p->read();
        $running = @$p->start();
        $p->write('end');
        $outer->write(json_encode([$before, $after, $running, $p->read(), Process::wait()]));
    });
    $outer->start();
    echo "$name: ", ending(Process::wait()), ', ', $outer->read(), ', ', json_encode($outer->read()), "\n";
}
?>
--EXPECT--
stream: code 0, ["told: before","told: after",false,"",false], ""
message: code 0, ["told: before","told: after",false,"",false], ""
