--TEST--
info() declares that it may give false: PHP's optimizer relies on what is declared
--FILE--
<?php
use Swoole\Timer;
function is_false(int $id): bool
{
    return Timer::info($id) === false;
}
function walk(int $id): int
{
    $n = 0;
    foreach (Timer::info($id) ?? [] as $value) {
        $n++;
    }
    return $n;
}
echo (new ReflectionMethod(Timer::class, 'info'))->getReturnType(), "\n";
echo (new ReflectionFunction('swoole_timer_info'))->getReturnType(), "\n";
for ($n = 0; $n < 200; $n++) {
    $false = is_false(1);
    $walked = @walk(1);
}
var_dump($false, $walked);
$id = Timer::after(60000, fn () => null);
var_dump(is_false($id), walk($id), walk($id + 1));
Timer::clear($id);
?>
--EXPECT--
array|false|null
array|false|null
bool(true)
int(0)
bool(false)
int(5)
int(0)
