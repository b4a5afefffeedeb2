--TEST--
run() hooks everything unless an option says otherwise
--FILE--
<?php
use Swoole\{Coroutine, Runtime};
use function Swoole\Coroutine\run;
$s = new Coroutine\Scheduler;
$s->add(function () { echo Runtime::getHookFlags(), "\n"; });
$s->start();
var_dump(Coroutine::getOptions());
run(function () { echo Runtime::getHookFlags() & SWOOLE_HOOK_SLEEP, "\n"; });
var_dump(Coroutine::getOptions() === ['hook_flags' => SWOOLE_HOOK_ALL]);
?>
--EXPECT--
0
NULL
512
bool(true)
