--TEST--
exit_condition keeps the loop until it does not return false any more
--FILE--
<?php
use Swoole\{Coroutine, Event, Process, Timer};
$left = 3;
Coroutine::set(['exit_condition' => function () use (&$left) {
    echo "asked, in a coroutine: ", json_encode(Coroutine::getCid() > 0), "\n";
    if ($left-- > 1) {
        Timer::after(1, fn () => print("timer\n"));
    }
    return $left === 0;
}]);
Event::defer(fn () => print("deferred\n"));
Event::wait();
Coroutine::set(['exit_condition' => null]);
Event::defer(fn () => print("deferred\n"));
Event::wait();
// A handled signal alone does not keep the loop; with a condition it can.
Coroutine::set(['exit_condition' => fn () => Coroutine::stats()['signal_listener_num'] === 0]);
Process::signal(SIGUSR1, function () { echo "signal\n"; Process::signal(SIGUSR1, null); });
Process::kill(getmypid(), SIGUSR1);
?>
--EXPECTF--
deferred
asked, in a coroutine: false
timer
asked, in a coroutine: false
timer
asked, in a coroutine: false
deferred

Deprecated: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated in %s
signal
