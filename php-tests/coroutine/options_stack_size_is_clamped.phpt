--TEST--
c_stack_size: at least 256 KiB, at most 16 MiB, whole pages; a negative number is a large one
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\run;
foreach ([1 << 20, 1, 0, -1, 300_001, 1 << 40, '1048576', null] as $size) {
    Coroutine::set(['c_stack_size' => $size]);
    run(fn () => print(json_encode($size) . ': ' . Coroutine::stats()['c_stack_size'] . "\n"));
}
?>
--EXPECT--
1048576: 1048576
1: 262144
0: 262144
-1: 16777216
300001: 303104
1099511627776: 16777216
"1048576": 1048576
null: 262144
