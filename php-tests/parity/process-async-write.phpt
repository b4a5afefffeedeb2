--TEST--
setBlocking(false) and a loop: write() takes everything at once and the rest is sent while the loop runs.
--CONFLICTS--
all
--FILE--
<?php
// Pins: setBlocking(false) and a loop: write() takes everything at once and the rest is sent while the loop runs.
// Status: accidental, but relied on.
use Swoole\{Process, Event};
$p = new Process(function (Process $p) {
    usleep(50000);
    $n = 0;
    while ($n < 3000000) {
        $n += strlen($p->read(65536));
    }
    $p->write("got $n");
}, false, Process::PIPE_TYPE_STREAM);
$p->start();
$p->setBlocking(false);
$s = $p->exportSocket();
Event::add($s, function () use ($s) {
    Event::del($s);
    echo "answer\n";
});
$t = microtime(true);
var_dump($p->write(str_repeat('x', 3000000)));
echo "write returned at once\n";
Event::wait();
$p->setBlocking(true);
var_dump($p->read());
Process::wait();
--EXPECT--
int(3000000)
write returned at once
answer
string(11) "got 3000000"
