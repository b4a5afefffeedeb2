--TEST--
adding the same descriptor twice, no events, no callback; del and set of something unknown; isset.
--FILE--
<?php
// Pins: adding the same descriptor twice, no events, no callback; del and set of something unknown; isset.
// Status: accidental (texts); false is documented.
use Swoole\Event;
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
set_error_handler(function ($n, $m) { echo "[$n] ", preg_replace('/\[\d+\]/', '[FD]', $m), "\n"; return true; });
var_dump(Event::isset($a), Event::del($a), Event::set($a, fn () => null));
var_dump(is_int(Event::add($a, fn () => null)));
var_dump(Event::add($a, fn () => null));
var_dump(Event::add($b), Event::add($b, null, null, SWOOLE_EVENT_WRITE), Event::add($b, fn () => null, null, 0));
var_dump(Event::isset($a), Event::isset($a, SWOOLE_EVENT_READ), Event::isset($a, SWOOLE_EVENT_WRITE), Event::isset($b));
var_dump(Event::del($b), Event::set($b, fn () => null), Event::write($b, 'x'));
var_dump(Event::del($a), Event::del($a), Event::isset($a));
try {
    Event::add($b, 'no_such_function');
} catch (Throwable $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
Event::wait();
--EXPECT--
[2] Swoole\Event::del(): reactor is not ready, cannot call swoole_event_del
[2] Swoole\Event::set(): reactor is not ready, cannot call swoole_event_set
bool(false)
bool(false)
bool(false)
bool(true)
[2] Swoole\Event::add(): already exist
bool(false)
[2] Swoole\Event::add(): Swoole\Event: unable to find readable callback of fd [FD]
[2] Swoole\Event::add(): Swoole\Event: unable to find writable callback of fd [FD]
[2] Swoole\Event::add(): invalid events
bool(false)
bool(false)
bool(false)
bool(true)
bool(true)
bool(false)
bool(false)
[2] Swoole\Event::set(): socket[FD] is not found in the reactor
[2] Swoole\Event::write(): socket[FD] is not found in the reactor
bool(false)
bool(false)
bool(false)
bool(true)
bool(false)
bool(false)
[2] Swoole\Event::add(): function 'no_such_function' is not callable
Swoole\Exception: readable_callback must be of type callable, string given
