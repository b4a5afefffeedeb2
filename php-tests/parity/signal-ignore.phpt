--TEST--
SIG_IGN as a callback: the signal is ignored; a handler that is set afterwards works.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: SIG_IGN as a callback: the signal is ignored; a handler that is set afterwards works.
// Status: accidental (the code accepts SIG_IGN).
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

$p = new Process(function () {
    var_dump(Process::signal(SIGTERM, SIG_IGN));
    step(40, fn () => Process::kill(getmypid(), SIGTERM));
    step(100, function () {
        echo "survived\n";
        var_dump(Process::signal(SIGTERM, fn ($s) => print("handler $s\n")));
    });
    step(150, fn () => Process::kill(getmypid(), SIGTERM));
    step(200, fn () => print("end\n"));
    Event::wait();
}, false, 0);
$p->start();
$r = Process::wait();
echo "code={$r['code']} signal={$r['signal']}\n";
--EXPECT--
bool(true)
survived
bool(true)
handler 15
end
code=0 signal=0
