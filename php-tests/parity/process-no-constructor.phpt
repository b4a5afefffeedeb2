--TEST--
a subclass whose constructor does not call the parent's: properties are null, start() is an error.
--FILE--
<?php
// Pins: a subclass whose constructor does not call the parent's: properties are null, start() is an error.
// Status: accidental.
use Swoole\Process;
class Half extends Process { public function __construct() { } }
$h = new Half();
var_dump($h->pid, $h->pipe, $h->id);
$h->start();
echo "not reached\n";
--EXPECTF--
NULL
NULL
NULL

Fatal error: Uncaught Swoole\Error: must call constructor first in %s:%d
Stack trace:
%A
  thrown in %s on line %d
