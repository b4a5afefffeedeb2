--TEST--
handlers of the parent do not pass to the child; the child sets its own; the parent's still works.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: handlers of the parent do not pass to the child; the child sets its own; the parent's still works.
// Status: documented.
use Swoole\{Process, Event, Timer};

/** A timer that waits for five turns of the loop after the one before, and for no time. */
function step(int $ms, callable $do): void
{
    static $steps = [];
    $steps[] = $do;
    count($steps) > 1 || Timer::tick(1, function (int $id) use (&$steps): void {
        static $turn = 0;
        if (++$turn % 5 === 0) {
            array_shift($steps)();
            $steps || Timer::clear($id);
        }
    });
}

Process::signal(SIGUSR1, function () { echo "parent's handler\n"; });
$a = new Process(function (Process $p) {
    $p->write('ready');
    usleep(500000);
    echo "not reached\n";
});
$b = new Process(function (Process $p) {
    Process::signal(SIGUSR1, function () use (&$handled) { echo "child's handler\n"; $handled = true; });
    step(1, fn () => $p->write('ready'));
    Timer::tick(10, function (int $id) use (&$handled) { $handled && Timer::clear($id) && print("child ends\n"); });
    Event::wait();
});
foreach ([$a, $b] as $p) {
    $p->start();
    $p->read();
    Process::kill($p->pid, SIGUSR1);
    $r = Process::wait();
    echo "code={$r['code']} signal={$r['signal']}\n";
}
step(30, fn () => Process::kill(getmypid(), SIGUSR1));
step(90, fn () => null);
Event::wait();
--EXPECT--
code=0 signal=10
child's handler
child ends
code=0 signal=0
parent's handler
