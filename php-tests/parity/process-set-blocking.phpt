--TEST--
setBlocking(false) makes read() return false at once when nothing is there; setBlocking(true) undoes it.
--CONFLICTS--
all
--FILE--
<?php
// Pins: setBlocking(false) makes read() return false at once when nothing is there; setBlocking(true) undoes it.
// Status: documented.
use Swoole\Process;
$p = new Process(function (Process $p) {
    $p->read();
    $p->write('a');
    $p->read();
    usleep(100000);
    $p->write('b');
});
$p->start();
var_dump($p->setBlocking(false));
$t = microtime(true);
var_dump($p->read(), microtime(true) - $t < 0.5);
$p->write('1');
while (($s = $p->read()) === false) {
    usleep(1000);
}
var_dump($s, $p->setBlocking(true));
$p->write('2');
var_dump($p->read());
Process::wait();
--EXPECT--
bool(true)
bool(false)
bool(true)
string(1) "a"
bool(true)
string(1) "b"
