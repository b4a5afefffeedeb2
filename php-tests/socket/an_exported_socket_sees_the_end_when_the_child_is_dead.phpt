--TEST--
recv() on the exported socket gives '' when the child has died: while it waits, before it is called, reaped or not
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\{Coroutine, Process};
use function Swoole\Coroutine\{go, run};
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    echo "$name\n";

    $gate = new Process(fn () => 0);
    $p = new Process(function () use ($gate) {
        $gate->read();
    }, false, $type);
    $p->start();
    run(function () use ($p) {
        $s = $p->exportSocket();
        go(function () use ($s) {
            echo 'killed while recv() waits: ', json_encode([$s->recv(), $s->errCode]), "\n";
        });
        // The other coroutines run all the while.
        Coroutine::sleep(0.01);
        posix_kill($p->pid, SIGKILL);
    });
    Process::wait();
    run(fn () => print('reaped since: ' . json_encode($p->exportSocket()->recv()) . "\n"));

    $p = new Process(fn () => 0, false, $type);
    $p->start();
    until_ended($p->pid);
    run(fn () => print('a zombie: ' . json_encode($p->exportSocket()->recv()) . "\n"));
    Process::wait();

    $p = new Process(fn () => 0, false, $type);
    $p->start();
    pcntl_waitpid($p->pid, $status);
    run(fn () => print('reaped by others: ' . json_encode($p->exportSocket()->recv()) . "\n"));

    $p = new Process(function (Process $p) {
        $s = $p->exportSocket();
        foreach (range(1, 20) as $n) {
            $s->send("message $n,");
        }
    }, false, $type, true);
    $p->start();
    run(function () use ($p, $type) {
        $s = $p->exportSocket();
        Coroutine::sleep(0.01);
        until_ended($p->pid);
        for ($all = '', $reads = 0; ($part = $s->recv()) !== ''; $reads++) {
            $all .= $part;
        }
        echo 'what was sent before comes first: ', substr_count($all, ','), " messages, ",
            $reads === ($type === SOCK_STREAM ? 1 : 20) ? 'boundaries as by type' : "$reads reads", "\n";
    });
    Process::wait();
}
?>
--EXPECT--
stream
killed while recv() waits: ["",0]
reaped since: ""
a zombie: ""
reaped by others: ""
what was sent before comes first: 20 messages, boundaries as by type
message
killed while recv() waits: ["",0]
reaped since: ""
a zombie: ""
reaped by others: ""
what was sent before comes first: 20 messages, boundaries as by type
