--TEST--
Event::set changes callbacks and the events that are watched; a write event fires at once.
--FILE--
<?php
// Pins: Event::set changes callbacks and the events that are watched; a write event fires at once.
// Status: documented.
use Swoole\{Event, Timer};
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
Event::add($a, function ($a) { echo 'reader 1: ', fread($a, 100), "\n"; });
fwrite($b, 'one');
Timer::after(300, function () use ($a, $b) {
    var_dump(Event::set($a, function ($a) { echo 'reader 2: ', fread($a, 100), "\n"; }, null, SWOOLE_EVENT_READ));
    fwrite($b, 'two');
});
Timer::after(600, function () use ($a, $b) {
    $n = 0;
    var_dump(Event::set($a, null, function ($a) use (&$n) {
        echo 'writable ', ++$n, "\n";
        if ($n === 2) {
            Event::set($a, null, null, SWOOLE_EVENT_READ);
        }
    }, SWOOLE_EVENT_READ | SWOOLE_EVENT_WRITE));
    var_dump(Event::isset($a, SWOOLE_EVENT_WRITE));
});
Timer::after(900, function () use ($a, $b) {
    var_dump(Event::isset($a, SWOOLE_EVENT_WRITE));
    fwrite($b, 'three');
});
Timer::after(1200, fn () => Event::del($a));
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
