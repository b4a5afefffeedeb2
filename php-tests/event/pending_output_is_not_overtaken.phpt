--TEST--
what a process pipe has still to send is not overtaken by a write after setBlocking(true)
--FILE--
<?php
use Swoole\{Event, Process, Timer};
$p = new Process(function (Process $p) {
    $p->write('go');
    for ($got = ''; strlen($got) < 3000004; $got .= $part) {
        if (($part = $p->read(65536)) === '') {
            break;
        }
    }
    $p->write(strlen($got) . ' bytes, the last are ' . substr($got, -4));
}, false, Process::PIPE_TYPE_STREAM);
Event::defer(fn () => null);
$p->setBlocking(false);
// Nobody reads yet: most of it waits.
var_dump($p->write(str_repeat('x', 3000000)));
$p->start();
$p->setBlocking(true);
$p->read();
Timer::after(1, fn () => print("queued: {$p->write('LAST')}\n"));
Event::wait();
echo $p->read(), "\n";
Process::wait();
?>
--EXPECT--
int(3000000)
queued: 4
3000004 bytes, the last are LAST
