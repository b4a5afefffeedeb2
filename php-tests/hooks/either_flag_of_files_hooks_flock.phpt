--TEST--
flock() yields with SWOOLE_HOOK_STDIO as well as with SWOOLE_HOOK_FILE
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};

foreach ([SWOOLE_HOOK_STDIO, SWOOLE_HOOK_FILE, SWOOLE_HOOK_ALL & ~SWOOLE_HOOK_FILE] as $flags) {
    Coroutine::set(['hook_flags' => $flags]);
    run(function () {
        [$first, $second] = [fopen(__FILE__, 'r'), fopen("async.file://" . __FILE__, 'r')];
        flock($first, LOCK_EX);
        go(function () use ($second) {
            echo flock($second, LOCK_EX) ? "second\n" : "failed\n";
        });
        // A flock() that blocked would never return.
        echo "first\n";
        flock($first, LOCK_UN);
    });
}
?>
--EXPECT--
first
second
first
second
first
second
