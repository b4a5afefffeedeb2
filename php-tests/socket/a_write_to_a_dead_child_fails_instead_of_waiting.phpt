--TEST--
send() on an exported socket whose child has died fails with EPIPE when the pipe is full
--EXTENSIONS--
posix
--INI--
swoole.socket_buffer_size=4096
--FILE--
<?php
use Swoole\{Coroutine, Process};
use function Swoole\Coroutine\{go, run};
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $gate = new Process(fn () => 0);
    $p = new Process(fn () => $gate->read(), false, $type);
    $p->start();
    run(function () use ($p, $name) {
        $s = $p->exportSocket();
        go(function () use ($s, $name) {
            while ($s->send(str_repeat('x', 1000)) !== false);
            echo "$name: $s->errMsg\n";
        });
        // By now the writer waits for room.
        var_dump($s->getBoundCid(SWOOLE_EVENT_WRITE) > 0);
        posix_kill($p->pid, SIGKILL);
    });
    Process::wait();
}
?>
--EXPECT--
bool(true)
stream: Broken pipe
bool(true)
message: Broken pipe
