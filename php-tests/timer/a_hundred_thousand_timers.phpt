--TEST--
100,000 timers: each fires once, in order; the memory of timers that are added and cleared is given back
--FILE--
<?php
use Swoole\{Event, Timer};
mt_srand(7);
$due = $fired = 0;
$last = 0;
$wrong = 0;
$fire = function (int $ms) use (&$fired, &$last, &$wrong) {
    $fired++;
    $wrong += (int) ($ms < $last);
    $last = $ms;
};
$ids = [];
for ($i = 0; $i < 100000; $i++) {
    $ms = mt_rand(600, 650);
    $ids[] = Timer::after($ms, $fire, $ms);
}
foreach ($ids as $i => $id) {
    $i % 4 === 0 && Timer::clear($id);
}
var_dump(Timer::stats()['num'], count(array_unique($ids)));
unset($ids);
Event::wait();
echo "$fired fired\n";

function cycle(int $count): void
{
    for ($i = 0; $i < $count; $i++) {
        Timer::clear(Timer::after(100000, 'gc_enabled', 'x'));
    }
}
$keep = Timer::after(100000, 'gc_enabled');
$resident = fn () => (int) preg_replace('/^.*VmRSS:\s+(\d+).*$/s', '$1', file_get_contents('/proc/self/status'));
cycle(1000);
[$before, $kb] = [memory_get_usage(), $resident()];
cycle(100000);
$more = memory_get_usage() - $before;
$kb = $resident() - $kb;
echo $more < 1000 && $kb < 1000 ? "flat\n" : "$more bytes and $kb KB more\n";
Timer::clear($keep);
?>
--EXPECT--
int(75000)
int(100000)
75000 fired
flat
