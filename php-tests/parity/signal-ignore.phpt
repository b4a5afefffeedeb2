--TEST--
SIG_IGN as a callback: the signal is ignored; a handler that is set afterwards works.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: SIG_IGN as a callback: the signal is ignored; a handler that is set afterwards works.
// Status: accidental (the code accepts SIG_IGN).
use Swoole\{Process, Event, Timer};
$p = new Process(function () {
    var_dump(Process::signal(SIGTERM, SIG_IGN));
    Timer::after(240, fn () => Process::kill(getmypid(), SIGTERM));
    Timer::after(600, function () {
        echo "survived\n";
        var_dump(Process::signal(SIGTERM, fn ($s) => print("handler $s\n")));
    });
    Timer::after(900, fn () => Process::kill(getmypid(), SIGTERM));
    Timer::after(1200, fn () => print("end\n"));
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
