--TEST--
setBlocking(false) and a loop: write() of 3 MB returns at once and the loop sends it; the child's answer comes back
--FILE--
<?php
use Swoole\{Event, Process};
$p = new Process(function (Process $p) {
    $p->read(1);
    for ($n = 0; $n < 3000000; $n += strlen($part)) {
        if (($part = $p->read(65536)) === '') {
            break;
        }
    }
    $p->write("got $n");
}, false, Process::PIPE_TYPE_STREAM);
$p->start();
Event::add($p, function (Process $p) {
    echo 'answer: ', $p->read(), "\n";
    Event::del($p);
});
$p->setBlocking(false);
// The child does not read before this one byte.
var_dump($p->write('g' . str_repeat('x', 3000000)));
var_dump(@$p->write(str_repeat('x', 9000000)));
Event::wait();
Process::wait();
?>
--EXPECT--
int(3000001)
bool(false)
answer: got 3000000
