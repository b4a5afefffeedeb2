--TEST--
a channel may be made and asked outside of a coroutine, not cloned nor serialized; pop there is an error.
--FILE--
<?php
// Pins: a channel may be made and asked outside of a coroutine, not cloned nor serialized; pop there is an error.
// Status: documented; the text is accidental.
use Swoole\Coroutine\Channel;
$c = new Channel(1);
echo $c->length(), ' ', json_encode($c->stats()), "\n";
foreach ([fn () => clone $c, fn () => serialize($c)] as $f) {
    try {
        $f();
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
$c->pop(0.1);
echo "not reached\n";
--EXPECTF--
0 {"consumer_num":0,"producer_num":0,"queue_num":0}
Error: Trying to clone an uncloneable object of class Swoole\Coroutine\Channel
Exception: Serialization of 'Swoole\Coroutine\Channel' is not allowed

Fatal error: Uncaught Swoole\Error: API must be called in the coroutine in %s:%d
Stack trace:
%A
  thrown in %s on line %d
