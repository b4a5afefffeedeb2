--TEST--
Atomic\Long: 64 bits, negative values, wrap-around.
--FILE--
<?php
// Pins: Atomic\Long: 64 bits, negative values, wrap-around.
// Status: documented.
use Swoole\Atomic\Long;
$a = new Long(-5);
var_dump($a->get(), $a->add(10), $a->sub(100), $a->add(-3));
$a->set(PHP_INT_MAX);
var_dump($a->add(1) === PHP_INT_MIN, $a->sub(1) === PHP_INT_MAX);
var_dump($a->cmpset(PHP_INT_MAX, 1), $a->cmpset(5, 6), $a->get());
var_dump(method_exists($a, 'wait'), (new Long())->get(), (new Long(1 << 40))->add(1));
--EXPECT--
int(-5)
int(5)
int(-95)
int(-98)
bool(true)
bool(true)
bool(true)
bool(false)
int(1)
bool(false)
int(0)
int(1099511627777)
