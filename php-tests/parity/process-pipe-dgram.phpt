--TEST--
the default pipe keeps message boundaries, truncates a message to the size given to read(), and works both ways.
--CAPTURE_STDIO--
STDIN STDOUT
--FILE--
<?php
// Pins: the default pipe keeps message boundaries, truncates a message to the size given to read(), and works both ways.
// Status: documented.
use Swoole\Process;
$p = new Process(function (Process $p) {
    foreach (['one', 'two two', str_repeat('x', 100)] as $m) {
        $r[] = $p->write($m);
    }
    $got = [$p->read(), $p->read(3), $p->read()];
    echo 'child wrote ', json_encode($r), ' and got ', json_encode($got), "\n";
});
$p->start();
var_dump($p->read(), $p->read(3), strlen($p->read()));
foreach (['ack', 'a long message', 'end'] as $m) {
    $p->write($m);
}
Process::wait();
--EXPECT--
string(3) "one"
string(3) "two"
int(100)
child wrote [3,7,100] and got ["ack","a l","end"]
