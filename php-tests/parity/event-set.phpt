--TEST--
Event::set changes callbacks and the events that are watched; a write event fires at once.
--FILE--
<?php
// Pins: Event::set changes callbacks and the events that are watched; a write event fires at once.
// Status: documented.
use Swoole\{Event, Timer};

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

[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
Event::add($a, function ($a) { echo 'reader 1: ', fread($a, 100), "\n"; });
fwrite($b, 'one');
step(50, function () use ($a, $b) {
    var_dump(Event::set($a, function ($a) { echo 'reader 2: ', fread($a, 100), "\n"; }, null, SWOOLE_EVENT_READ));
    fwrite($b, 'two');
});
step(100, function () use ($a, $b) {
    $n = 0;
    var_dump(Event::set($a, null, function ($a) use (&$n) {
        echo 'writable ', ++$n, "\n";
        if ($n === 2) {
            Event::set($a, null, null, SWOOLE_EVENT_READ);
        }
    }, SWOOLE_EVENT_READ | SWOOLE_EVENT_WRITE));
    var_dump(Event::isset($a, SWOOLE_EVENT_WRITE));
});
step(150, function () use ($a, $b) {
    var_dump(Event::isset($a, SWOOLE_EVENT_WRITE));
    fwrite($b, 'three');
});
step(200, fn () => Event::del($a));
Event::wait();
--EXPECT--
reader 1: one
bool(true)
reader 2: two
bool(true)
bool(true)
writable 1
writable 2
bool(false)
reader 2: three
