--TEST--
setAffinity(): strings and floats are converted, numbers below nought and beyond the processors are refused, nothing is false
--SKIPIF--
<?php
if (!class_exists('Swoole\Process') || count(Swoole\Process::getAffinity()) < 2) die('skip fewer than two processors');
?>
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$all = Process::getAffinity();
$p = new Process(function () use ($all) {
    [$first, $second] = $all;
    foreach ([[$first], [(string) $second], [$first + 0.5], ["$second.9"], [" $first"], [$second, $second], ['key' => $first, 'other' => $second],
        [$first => true], $all] as $cpus) {
        $result = Process::setAffinity($cpus);
        $now = array_map(fn (int $cpu) => array_search($cpu, $all), Process::getAffinity());
        echo json_encode($result), ' ', $now === array_keys($all) ? 'all' : json_encode($now), "\n";
    }
    Process::setAffinity([$first]);
    $reference = &$second;
    foreach ([[], [-1], [PHP_INT_MIN], [PHP_INT_MAX], ['nonsense' => '-1'], [swoole_cpu_num()], [$first, -5]] as $cpus) {
        var_dump(Process::setAffinity($cpus));
    }
    var_dump(Process::setAffinity(array_fill(0, swoole_cpu_num() + 1, 0)));
    var_dump(Process::getAffinity() === [$first]);
    Process::setAffinity([&$second]);
    var_dump(Process::getAffinity() === [$second]);
}, false, 0);
$p->start();
echo ending(Process::wait()), "\n";
var_dump(Process::getAffinity() === $all);
?>
--EXPECTF--
true [0]
true [1]
true [0]
true [1]
true [0]
true [1]
true all
true [1]
true all
bool(false)

Warning: Swoole\Process::setAffinity(): invalid cpu id [-1] in %s on line %d
bool(false)

Warning: Swoole\Process::setAffinity(): invalid cpu id [-9223372036854775808] in %s on line %d
bool(false)

Warning: Swoole\Process::setAffinity(): invalid cpu id [9223372036854775807] in %s on line %d
bool(false)

Warning: Swoole\Process::setAffinity(): invalid cpu id [-1] in %s on line %d
bool(false)

Warning: Swoole\Process::setAffinity(): invalid cpu id [%d] in %s on line %d
bool(false)

Warning: Swoole\Process::setAffinity(): invalid cpu id [-5] in %s on line %d
bool(false)

Warning: Swoole\Process::setAffinity(): More than the number of CPU in %s on line %d
bool(false)
bool(true)
bool(true)
code 0
bool(true)
