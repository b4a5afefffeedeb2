--TEST--
Event::wait() by hand, run() twice, run() in a callback without coroutines, run() in a shutdown function
--FILE--
<?php
use Swoole\{Coroutine, Event, Timer};
use function Swoole\Coroutine\run;
foreach (['one', 'two'] as $what) {
    go(function () use ($what) { Coroutine::sleep(0.001); echo "$what\n"; });
    Event::wait();
    echo "waited\n";
}
foreach (['third', 'fourth'] as $what) {
    run(function () use ($what) { usleep(1000); echo "$what\n"; });
}
swoole_async_set(['enable_coroutine' => false]);
Timer::after(1, function () {
    // The loop runs already: what is left of the coroutine is done by it.
    var_dump(run(function () { Coroutine::sleep(0.001); echo "inner\n"; }));
    echo "callback ends\n";
});
Event::wait();
register_shutdown_function(function () {
    run(function () { Coroutine::sleep(0.001); echo "in a shutdown function\n"; });
    go(function () { Coroutine::sleep(0.001); echo "left by a shutdown function\n"; });
});
?>
--EXPECTF--
one
waited
two
waited
third
fourth
bool(true)
callback ends
inner
in a shutdown function

Deprecated: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated in %s
left by a shutdown function
