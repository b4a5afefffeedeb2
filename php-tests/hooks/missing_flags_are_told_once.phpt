--TEST--
a flag without a hook is told once when a script names it, and not when it is a part of all
--SKIPIF--
<?php extension_loaded('curl') && die('skip the flags of curl have hooks where it is loaded'); ?>
--FILE--
<?php
use Swoole\{Coroutine, Runtime};
use function Swoole\Coroutine\run;
$log = tempnam(sys_get_temp_dir(), 'log');
swoole_async_set(['log_file' => $log]);
function told(string $what, callable $does): void {
    global $log;
    file_put_contents($log, '');
    $does();
    $lines = preg_replace('~^\[[^]]*\]\s+~m', '', file_get_contents($log));
    echo "$what: ", str_replace("\t", ' ', $lines) ?: "nothing\n";
}
told('all', fn() => Runtime::enableCoroutine());
told('run', fn() => run(fn() => 0));
told('all by name', fn() => Runtime::setHookFlags(SWOOLE_HOOK_ALL));
told('all but one', fn() => Runtime::enableCoroutine(SWOOLE_HOOK_ALL ^ SWOOLE_HOOK_SLEEP));
told('all but two', fn() => Runtime::enableCoroutine(SWOOLE_HOOK_ALL & ~SWOOLE_HOOK_CURL & ~SWOOLE_HOOK_TCP));
told('nothing', fn() => Runtime::enableCoroutine(0));
told('one that is there', fn() => Runtime::enableCoroutine(SWOOLE_HOOK_SLEEP));
told('all and more', fn() => Runtime::enableCoroutine(SWOOLE_HOOK_ALL | SWOOLE_HOOK_NATIVE_CURL));
told('again', fn() => Runtime::enableCoroutine(SWOOLE_HOOK_ALL | SWOOLE_HOOK_NATIVE_CURL));
told('by itself', fn() => Coroutine::set(['hook_flags' => SWOOLE_HOOK_NATIVE_CURL | SWOOLE_HOOK_CURL | SWOOLE_HOOK_SLEEP]));
echo Runtime::getHookFlags(), "\n";
told('no name', fn() => Runtime::setHookFlags(1 << 30 | 1 << 13));
told('negative', fn() => Runtime::setHookFlags(-1));
swoole_async_set(['log_level' => SWOOLE_LOG_WARNING]);
told('not at this level', fn() => Runtime::setHookFlags(SWOOLE_HOOK_MONGODB));
unlink($log);
?>
--EXPECT--
all: nothing
run: nothing
all by name: nothing
all but one: nothing
all but two: nothing
nothing: nothing
one that is there: nothing
all and more: NOTICE SWOOLE_HOOK_NATIVE_CURL: there is no such hook, these functions block all coroutines
again: nothing
by itself: NOTICE SWOOLE_HOOK_CURL: there is no such hook, these functions block all coroutines
512
no name: nothing
negative: NOTICE SWOOLE_HOOK_MONGODB: there is no such hook, these functions block all coroutines
not at this level: nothing
