--TEST--
the option wait_signal set by the parent holds in a child, and keeps its loop going
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\{Event, Process};
require __DIR__ . '/../support.inc';
swoole_async_set(['wait_signal' => true]);
$p = new Process(function (Process $p) {
    Process::signal(SIGUSR1, function () {
        echo "handler\n";
        Process::signal(SIGUSR1, null);
    });
    Event::defer(fn () => $p->write('ready'));
    Event::wait();
    echo "the loop has ended\n";
});
$p->start();
$p->read();
@Process::kill($p->pid, SIGUSR1);
echo ending(Process::wait()), "\n";
?>
--EXPECT--
handler
the loop has ended
code 0
