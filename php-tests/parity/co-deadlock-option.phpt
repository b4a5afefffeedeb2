--TEST--
the traces of the deadlock message can be left out, and the check can be switched off.
--FILE--
<?php
// Pins: the traces of the deadlock message can be left out, and the check can be switched off.
// Status: documented.
use Swoole\Coroutine;
use function Swoole\Coroutine\run;
Coroutine::set(['deadlock_check_disable_trace' => true]);
run(function () { Coroutine::yield(); });
echo "--\n";
Coroutine::set(['enable_deadlock_check' => false]);
$o = Coroutine::getOptions();
var_dump($o['enable_deadlock_check'], $o['deadlock_check_disable_trace']);
run(function () { Coroutine::yield(); });
echo "no message\n";
--EXPECT--

 =================================================================
  [FATAL ERROR]: all coroutines (count: 1) are asleep - deadlock!
 =================================================================

 =================================================================
--
bool(false)
bool(true)
no message
