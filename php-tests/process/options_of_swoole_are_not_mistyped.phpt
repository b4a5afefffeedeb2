--TEST--
set(): no option that Swoole has for servers or coroutines is refused as a mistyped name of another one
--FILE--
<?php
use Swoole\{Constant, Process};
use Swoole\Process\Pool;
$log = tempnam(sys_get_temp_dir(), 'log');
swoole_async_set(['log_file' => $log]);
$names = array_filter((new ReflectionClass(Constant::class))->getConstants(), fn ($name) => str_starts_with($name, 'OPTION_'), ARRAY_FILTER_USE_KEY);
foreach ($names as $name) {
    try {
        (new Process(fn () => 0, false, 0))->set([$name => true]);
    } catch (Swoole\Exception $e) {
        if (str_starts_with($e->getMessage(), 'unknown')) {
            echo $e->getMessage(), "\n";
        }
    }
}
echo count($names) > 100 ? "all options\n" : "too few options\n";

(new Pool(1))->set(['wait_signal' => true, 'max_wait_tme' => 1]);
foreach (file($log) as $line) {
    if (str_contains($line, 'Pool::set()')) {
        echo explode("\t", $line)[2];
    }
}
unlink($log);
?>
--EXPECT--
all options
Pool::set(): unknown setting wait_signal
Pool::set(): unknown setting max_wait_tme, the nearest name is max_wait_time
