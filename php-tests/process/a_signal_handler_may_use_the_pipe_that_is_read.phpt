--TEST--
a pcntl handler may read from, close or replace the very pipe that a read() waits for
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
pcntl_async_signals(true);
/** Reads while a child sends SIGUSR1, which calls the handler with the object that is being read. */
function story(string $title, int $type, callable $handler): void
{
    $main = getmypid();
    $p = new Process(function (Process $p) use ($main) {
        until_asleep($main);
        posix_kill($main, SIGUSR1);
        sleep(60);
    }, false, $type);
    $result = 'nothing';
    pcntl_signal(SIGUSR1, function () use ($p, $handler, &$result) {
        $result = $handler($p);
    });
    $p->start();
    $read = @$p->read();
    echo "$title: ", json_encode([$result, $read]), "\n";
    Process::kill($p->pid, SIGKILL);
    Process::wait();
}
foreach (TYPES as $name => $type) {
    echo "--- $name\n";
    story('closes the pipe', $type, fn (Process $p) => $p->close());
    story('closes the own end', $type, fn (Process $p) => $p->close(Process::PIPE_MASTER));
    story('closes the pipe and makes another', $type, function (Process $p) use ($type) {
        $p->close();
        $GLOBALS['other'] = new Process(fn (Process $p) => $p->write('for the other object'), false, $type);
        $GLOBALS['other']->start();
        until_ended($GLOBALS['other']->pid);
        return true;
    });
    echo 'and the other one has its message: ', json_encode($other->read()), "\n";
    Process::wait();
    story('reads with a limit', $type, function (Process $p) {
        $p->setTimeout(0.01);
        $got = $p->read();
        $p->close(Process::PIPE_READ);
        return $got;
    });
    story('makes it unblocking', $type, fn (Process $p) => $p->setBlocking(false));
}
?>
--EXPECT--
--- stream
closes the pipe: [true,false]
closes the own end: [true,false]
closes the pipe and makes another: [true,false]
and the other one has its message: "for the other object"
reads with a limit: [false,""]
makes it unblocking: [true,false]
--- message
closes the pipe: [true,false]
closes the own end: [true,false]
closes the pipe and makes another: [true,false]
and the other one has its message: "for the other object"
reads with a limit: [false,""]
makes it unblocking: [true,false]
