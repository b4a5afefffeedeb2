--TEST--
a handler that starts a process: the child handles nothing of its parent's, and its own handlers work
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\{Event, Process, Timer};
require __DIR__ . '/../support.inc';
// Plain calls, in which exit() and start() are possible.
swoole_async_set(['enable_coroutine' => false]);
$far = Timer::after(5000, fn () => print("not reached\n"));
Process::signal(SIGUSR2, function () use ($far) {
    echo "handler of the parent\n";
    Timer::clear($far);
});
Process::signal(SIGUSR1, function () {
    $killed = new Process(function (Process $p) {
        $p->write('ready');
        sleep(10);
        echo "not reached\n";
    });
    $handles = new Process(function (Process $p) {
        Process::signal(SIGUSR2, function () {
            echo "handler of the child\n";
            Timer::clearAll();
        });
        Timer::after(5000, fn () => print("not reached\n"));
        Event::defer(fn () => $p->write('ready'));
        Event::wait();
    });
    foreach ([$killed, $handles] as $p) {
        $p->start();
        $p->read();
        posix_kill($p->pid, SIGUSR2);
        $end = ending(Process::wait());
        echo "$end\n";
    }
    posix_kill(getmypid(), SIGUSR2);
});
posix_kill(getmypid(), SIGUSR1);
Timer::after(1, fn () => print("timer of the parent\n"));
Event::wait();
?>
--EXPECT--
signal 12
handler of the child
code 0
handler of the parent
timer of the parent
