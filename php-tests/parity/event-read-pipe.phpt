--TEST--
Event::add on a Process pipe: the callback gets the value that was added; del() ends the loop.
--FILE--
<?php
// Pins: Event::add on a Process pipe: the callback gets the value that was added; del() ends the loop.
// Status: documented.
use Swoole\{Process, Event};
$p = new Process(function (Process $p) {
    for ($i = 1; $i <= 3; $i++) {
        $p->write("message $i");
        usleep(50000);
    }
});
$p->start();
$n = 0;
$fd = Event::add($p->pipe, function ($x) use ($p, &$n, &$fd) {
    echo gettype($x), ' ', var_export($x === $p->pipe, true), ': ', $p->read(), "\n";
    if (++$n === 3) {
        var_dump(Event::del($p->pipe));
    }
});
var_dump($fd === $p->pipe);
Event::wait();
echo "loop ended\n";
Process::wait();
--EXPECT--
bool(true)
integer true: message 1
integer true: message 2
integer true: message 3
bool(true)
loop ended
