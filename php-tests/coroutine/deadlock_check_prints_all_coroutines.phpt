--TEST--
Coroutine\deadlock_check(): prints all coroutines and their traces, with the options of the check
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{deadlock_check, go, run};

deadlock_check();
run(function () {
    $waits = go(fn () => Coroutine::yield());
    deadlock_check();
    Coroutine::set(['deadlock_check_limit' => 1, 'deadlock_check_depth' => 1]);
    deadlock_check();
    Coroutine::set(['deadlock_check_disable_trace' => true]);
    deadlock_check();
    Coroutine::resume($waits);
});
?>
--EXPECTF--

 =================================================================
  [FATAL ERROR]: all coroutines (count: 0) are asleep - deadlock!
 =================================================================

 =================================================================

 =================================================================
  [FATAL ERROR]: all coroutines (count: 2) are asleep - deadlock!
 =================================================================

  [Coroutine-1]
 -----------------------------------------------------------------
#0 %sdeadlock_check_prints_all_coroutines.php(8): Swoole\Coroutine\deadlock_check()
#1 [internal function]: {closure%S}()

  [Coroutine-2]
 -----------------------------------------------------------------
#0 %sdeadlock_check_prints_all_coroutines.php(7): Swoole\Coroutine::yield()
#1 [internal function]: {closure%S}()

 =================================================================

 =================================================================
  [FATAL ERROR]: all coroutines (count: 2) are asleep - deadlock!
 =================================================================

  [Coroutine-1]
 -----------------------------------------------------------------
#0 %sdeadlock_check_prints_all_coroutines.php(10): Swoole\Coroutine\deadlock_check()

 =================================================================

 =================================================================
  [FATAL ERROR]: all coroutines (count: 2) are asleep - deadlock!
 =================================================================

 =================================================================
