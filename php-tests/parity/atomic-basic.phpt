--TEST--
Atomic: add, sub, get, set, cmpset, wrap-around at 32 bits, negative values, arguments.
--FILE--
<?php
// Pins: Atomic: add, sub, get, set, cmpset, wrap-around at 32 bits, negative values, arguments.
// Status: documented.
use Swoole\Atomic;
$a = new Atomic();
var_dump($a->get(), $a->add(), $a->add(5), $a->sub(), $a->sub(2), $a->get());
var_dump($a->cmpset(3, 10), $a->cmpset(3, 11), $a->get(), $a->set(7), $a->get());
$a->set(0);
var_dump($a->sub(1), $a->add(1), $a->add(4294967295), $a->add(2));
var_dump((new Atomic(-1))->get(), (new Atomic(4294967296 + 5))->get());
try {
    new Atomic('x');
} catch (Throwable $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
foreach ([fn () => clone $a, fn () => serialize($a)] as $f) {
    try {
        $f();
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
--EXPECT--
int(0)
int(1)
int(6)
int(5)
int(3)
int(3)
bool(true)
bool(false)
int(10)
NULL
int(7)
int(4294967295)
int(0)
int(4294967295)
int(1)
int(4294967295)
int(5)
TypeError: Swoole\Atomic::__construct(): Argument #1 ($value) must be of type int, string given
Error: Trying to clone an uncloneable object of class Swoole\Atomic
Exception: Serialization of 'Swoole\Atomic' is not allowed
