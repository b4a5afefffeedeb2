--TEST--
which functions are hooked: by run(), by an option, by Runtime; only what there is counts
--FILE--
<?php
use Swoole\{Coroutine, Runtime};
use function Swoole\Coroutine\{run, go};
swoole_async_set(['log_level' => SWOOLE_LOG_WARNING]);
function order(): string {
    $order = '';
    go(function () use (&$order) { usleep(1000); $order .= 'slept '; });
    return $order . 'next';
}
echo Runtime::getHookFlags(), ' ', order(), "\n";
Runtime::setHookFlags(SWOOLE_HOOK_MONGODB);
echo Runtime::getHookFlags(), "\n";
Runtime::enableCoroutine();
echo Runtime::getHookFlags() & SWOOLE_HOOK_SLEEP ? 'sleep' : '', ' ', order(), "\n";
Coroutine::set(['hook_flags' => 0]);
run(function () { echo Runtime::getHookFlags(), ' ', order(), "\n"; });
Coroutine::set(['hook_flags' => SWOOLE_HOOK_SLEEP | SWOOLE_HOOK_MONGODB]);
run(function () { echo Runtime::getHookFlags(), ' ', order(), "\n"; });
$p = new Swoole\Process(function () { run(function () { echo Runtime::getHookFlags(), "\n"; }); }, false, 0);
$p->start();
Swoole\Process::wait();
try {
    new Runtime;
} catch (Error $e) {
    echo get_class($e), "\n";
}
?>
--EXPECT--
0 slept next
0
sleep next
0 slept next
512 next
512
Error
