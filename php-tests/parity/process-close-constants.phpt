--TEST--
close(which): one end, reading only, writing only, everything; what works afterwards; a closed pipe cannot be closed again.
--FILE--
<?php
// Pins: close(which): one end, reading only, writing only, everything; what works afterwards; a closed pipe cannot be closed again.
// Status: documented (arguments); the texts are accidental.
use Swoole\Process;
[$here, $there] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$p = new Process(function (Process $p) use ($there) {
    while (($s = $p->read()) !== '') {
        echo "child read $s\n";
        fwrite($there, 'r');
    }
    fread($there, 1);
    echo "child saw the end\n";
    var_dump($p->write('still open the other way'));
    fwrite($there, 'w');
}, false, Process::PIPE_TYPE_STREAM);
$p->start();
$p->write('hello');
fread($here, 1);
var_dump($p->close(Process::PIPE_WRITE));
fwrite($here, "g") && fread($here, 1);
var_dump(@$p->write('x'));
var_dump($p->read());
Process::wait();
var_dump($p->close(Process::PIPE_READ));
var_dump($p->close());
var_dump($p->close());
var_dump($p->read());
--EXPECTF--
child read hello
bool(true)
child saw the end
int(24)
bool(false)
string(24) "still open the other way"
bool(true)
bool(true)

Warning: Swoole\Process::close(): no pipe, cannot close the pipe in %s on line %d
bool(false)

Warning: Swoole\Process::read(): no pipe, cannot read from pipe in %s on line %d
bool(false)
