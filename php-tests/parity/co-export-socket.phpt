--TEST--
exportSocket() of the default and of the stream pipe in the parent: the same object each time, send, recv, time-out, and wait.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: exportSocket() of the default and of the stream pipe in the parent: the same object each time, send, recv, time-out, and wait.
// Status: documented.
use Swoole\Process;
use Swoole\Coroutine\{Socket, System};
use function Swoole\Coroutine\run;
foreach ([Process::PIPE_TYPE_DGRAM, Process::PIPE_TYPE_STREAM] as $type) {
    $p = new Process(function (Process $p) {
        while (($m = $p->read()) !== 'stop') {
            $p->write("echo $m");
        }
    }, false, $type);
    $p->start();
    run(function () use ($p, $type) {
        $s = $p->exportSocket();
        echo get_class($s), ' ', json_encode([$s === $p->exportSocket(), $s->fd !== $p->pipe, $s->domain === AF_UNIX, $s->type === ($type === 1 ? SOCK_STREAM : SOCK_DGRAM)]), "\n";
        foreach (['one', 'two'] as $m) {
            var_dump($s->send($m), $s->recv());
        }
        var_dump($s->recv(100, 0.05), $s->errCode === SOCKET_ETIMEDOUT);
        $s->send('stop');
        echo 'code ', System::wait(1)['code'], "\n";
    });
}
--EXPECT--
Swoole\Coroutine\Socket [true,true,true,true]
int(3)
string(8) "echo one"
int(3)
string(8) "echo two"
bool(false)
bool(true)
code 0
Swoole\Coroutine\Socket [true,true,true,true]
int(3)
string(8) "echo one"
int(3)
string(8) "echo two"
bool(false)
bool(true)
code 0
