--TEST--
Coroutine::set(): unused stacks of the previous size are freed when a coroutine needs a stack of the new size
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{go, run};

const MB = 1024;
$size = fn (): int => (int) preg_replace('/.*VmSize:\s*(\d+) kB.*/s', '$1', file_get_contents('/proc/self/status'));
run(function () {
    for ($i = 0; $i < 200; $i++) {
        go(fn () => Coroutine::sleep(0.001));
    }
});
$before = $size();
Coroutine::set(['stack_size' => 1024 * 1024]);
run(fn () => null);
var_dump($before - $size() > 300 * MB);
?>
--EXPECT--
bool(true)
