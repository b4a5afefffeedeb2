--TEST--
setBlocking() of an exported socket: outside of coroutines, recv() returns '' and send() fails with EPIPE when the other process has exited
--EXTENSIONS--
posix
--INI--
swoole.socket_buffer_size=4096
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';

foreach (TYPES as $name => $type) {
    $gate = new Process(fn () => 0);
    foreach (['before' => fn () => 0, 'meanwhile' => fn () => until_asleep(posix_getppid()), 'reaped' => fn () => 0] as $when => $child) {
        $p = new Process($child, false, $type);
        $p->start();
        $when === 'before' && until_ended($p->pid);
        $when === 'reaped' && Process::wait();
        $s = $p->exportSocket();
        $s->setBlocking();
        echo "$name, $when: ", json_encode([$s->recv(100, -1), $s->errCode]), "\n";
        $when === 'reaped' || Process::wait();
    }

    $p = new Process(fn () => $gate->read(), false, $type);
    $p->start();
    $killer = new Process(function () use ($p) {
        until_asleep(posix_getppid());
        posix_kill($p->pid, SIGKILL);
    });
    $killer->start();
    $s = $p->exportSocket();
    $s->setBlocking();
    while ($s->send(str_repeat('x', 1000), -1) !== false);
    echo "$name: $s->errMsg\n";
    Process::wait();
    Process::wait();

    $p = new Process(function (Process $own) {
        $s = $own->exportSocket();
        $s->setBlocking();
        $s->send('begun', -1);
        file_put_contents('php://stdout', json_encode($s->recv(100, -1)) . "\n");
    }, false, $type);
    $parent = new Process(function () use ($p) {
        $p->start();
        $p->read();
    }, true);
    $parent->start();
    while (($text = $parent->read()) !== '') {
        echo "$name, its parent has ended: $text";
    }
    Process::wait();
}
?>
--EXPECT--
stream, before: ["",0]
stream, meanwhile: ["",0]
stream, reaped: ["",0]
stream: Broken pipe
stream, its parent has ended: ""
message, before: ["",0]
message, meanwhile: ["",0]
message, reaped: ["",0]
message: Broken pipe
message, its parent has ended: ""
