--TEST--
a function that is disabled stays so
--INI--
disable_functions=sleep
--FILE--
<?php
use function Swoole\Coroutine\{run, go};
run(function () {
    var_dump(function_exists('sleep'));
    go(function () { usleep(1000); echo "slept\n"; });
    echo "next\n";
});
?>
--EXPECT--
bool(false)
next
slept
