--TEST--
handlers of the parent do not pass to the child; the child sets its own; the parent's still works.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: handlers of the parent do not pass to the child; the child sets its own; the parent's still works.
// Status: documented.
use Swoole\{Process, Event, Timer};
Process::signal(SIGUSR1, function () { echo "parent's handler\n"; });
$a = new Process(function (Process $p) {
    $p->write('ready');
    usleep(500000);
    echo "not reached\n";
});
$b = new Process(function (Process $p) {
    Process::signal(SIGUSR1, function () use (&$handled) { echo "child's handler\n"; $handled = true; });
    Timer::after(6, fn () => $p->write('ready'));
    Timer::tick(60, function (int $id) use (&$handled) { $handled && Timer::clear($id) && print("child ends\n"); });
    Event::wait();
});
foreach ([$a, $b] as $p) {
    $p->start();
    $p->read();
    Process::kill($p->pid, SIGUSR1);
    $r = Process::wait();
    echo "code={$r['code']} signal={$r['signal']}\n";
}
Timer::after(180, fn () => Process::kill(getmypid(), SIGUSR1));
Timer::after(540, fn () => null);
Event::wait();
--EXPECT--
code=0 signal=10
child's handler
child ends
code=0 signal=0
parent's handler
