--TEST--
read() gives '' when the child has died: while it waits, before it is called, reaped or not, and with a time limit
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    echo "$name\n";

    $gate = new Process(fn () => 0);
    $p = new Process(function () use ($gate) {
        $gate->read();
    }, false, $type);
    $p->start();
    // One who kills the child when the parent waits in read().
    $killer = new Process(function (Process $killer) use ($p) {
        until_asleep(posix_getppid());
        posix_kill($p->pid, SIGKILL);
    }, false, 0);
    $killer->start();
    echo 'killed while read() waits: ', json_encode($p->read()), "\n";
    Process::wait();
    Process::wait();
    echo 'reaped since: ', json_encode($p->read()), "\n";

    $p = new Process(fn () => 0, false, $type);
    $p->start();
    until_ended($p->pid);
    echo 'a zombie: ', json_encode($p->read()), "\n";
    Process::wait();

    $p = new Process(fn () => 0, false, $type);
    $p->start();
    pcntl_waitpid($p->pid, $status);
    echo 'reaped by others: ', json_encode($p->read()), "\n";

    $p = new Process(fn () => 0, false, $type);
    $p->start();
    $p->setTimeout(30);
    echo 'with a time limit: ', json_encode($p->read()), "\n";
    Process::wait();

    $p = new Process(function (Process $p) {
        foreach (range(1, 20) as $n) {
            $p->write("message $n,");
        }
    }, false, $type);
    $p->start();
    Process::wait();
    for ($all = '', $reads = 0; ($part = $p->read()) !== ''; $reads++) {
        $all .= $part;
    }
    echo 'what was written before comes first: ', substr_count($all, ','), " messages, ",
        $reads === ($type === SOCK_STREAM ? 1 : 20) ? 'boundaries as by type' : "$reads reads", "\n";
}
?>
--EXPECT--
stream
killed while read() waits: ""
reaped since: ""
a zombie: ""
reaped by others: ""
with a time limit: ""
what was written before comes first: 20 messages, boundaries as by type
message
killed while read() waits: ""
reaped since: ""
a zombie: ""
reaped by others: ""
with a time limit: ""
what was written before comes first: 20 messages, boundaries as by type
