--TEST--
closing the exported socket leaves the pipe open; the next export is a new object; without a pipe there is none
--FILE--
<?php
use Swoole\Process;
use function Swoole\Coroutine\run;
require __DIR__ . '/../support.inc';
$p = new Process(function (Process $p) {
    while (($message = $p->read()) !== 'stop') {
        $p->write(strtoupper($message));
    }
});
$p->start();
run(function () use ($p) {
    $first = $p->exportSocket();
    var_dump($first === $p->exportSocket(), $first->fd !== $p->pipe);
    var_dump($first->close(), $first->isClosed(), $first->send('x'), $first->errMsg);
    $p->write('by the pipe');
    var_dump($p->read());
    $second = $p->exportSocket();
    var_dump($second === $first, $second->send('by the second socket'), $second->recv());
    // It reports what Swoole has; the truth is one option away.
    var_dump($second->type === SOCK_DGRAM, $second->getOption(SOL_SOCKET, SO_TYPE) === SOCK_SEQPACKET);
    $p->write('stop');
});
Process::wait();
$p->close();
var_dump($p->exportSocket());
var_dump((new Process(fn () => 0, false, 0))->exportSocket());
// A process that is gone leaves its socket behind.
$p = new Process(fn (Process $p) => $p->write('last words'));
$s = $p->exportSocket();
$p->start();
Process::wait();
unset($p);
run(fn () => var_dump($s->recv(), $s->recv()));
?>
--EXPECTF--
bool(true)
bool(true)
bool(true)
bool(true)
bool(false)
string(19) "Bad file descriptor"
string(11) "BY THE PIPE"
bool(false)
int(20)
string(20) "BY THE SECOND SOCKET"
bool(true)
bool(true)

Warning: Swoole\Process::exportSocket(): no pipe, cannot export stream in %s on line %d
bool(false)

Warning: Swoole\Process::exportSocket(): no pipe, cannot export stream in %s on line %d
bool(false)
string(10) "last words"
string(0) ""
