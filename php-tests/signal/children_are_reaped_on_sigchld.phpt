--TEST--
a SIGCHLD handler with a wait(false) loop reaps 200 children that end at any time, each once
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\{Event, Process, Timer};
// Plain calls, in which exit() and start() are possible.
swoole_async_set(['enable_coroutine' => false]);
$codes = [];
$reaped = $calls = 0;
Process::signal(SIGCHLD, function () use (&$codes, &$reaped, &$calls, &$keep) {
    $calls++;
    while ($end = Process::wait(false)) {
        $reaped++;
        $codes[$end['code']] = ($codes[$end['code']] ?? 0) + 1;
    }
    $reaped === 200 && Timer::clear($keep);
});
$keep = Timer::after(20000, fn () => print("only $reaped were reaped\n"));
$started = 0;
$start = function () use (&$start, &$started) {
    for ($i = 0; $i < 10; $i++) {
        $n = $started++;
        (new Process(function () use ($n) {
            $n % 3 && usleep($n * 37 % 5000);
            exit($n % 100);
        }, false, 0))->start();
    }
    $started < 200 && Event::defer($start);
};
Event::defer($start);
Event::wait();
echo "$reaped reaped, ", count($codes), ' codes, each ', json_encode(array_values(array_unique($codes))), "\n";
echo $calls >= 1 && $calls <= 200 ? "not more calls than children\n" : "$calls calls\n";
var_dump(Process::wait(false));
?>
--EXPECT--
200 reaped, 100 codes, each [2]
not more calls than children
bool(false)
