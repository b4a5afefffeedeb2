--TEST--
a tick keeps its rhythm: it does not drift by what its callback takes, and fires never too early
--CONFLICTS--
all
--FILE--
<?php
use Swoole\{Event, Timer};
/** Milliseconds from the beginning to each of five ticks, whose callback takes a quarter of their time. */
function ticks(): array
{
    $start = hrtime(true);
    $times = [];
    Timer::tick(20, function (int $id) use (&$times, $start) {
        $times[] = (hrtime(true) - $start) / 1e6;
        usleep(5000);
        count($times) === 5 && Timer::clear($id);
    });
    Event::wait();
    return $times;
}
$early = 0;
$last = INF;
// With a drift of 5 ms a tick the last would never come before 120 ms. A busy machine may make it late, but not each time.
for ($try = 0; $try < 50 && $last >= 115; $try++) {
    $times = ticks();
    $early += count(array_filter($times, fn ($ms, $n) => $ms < 20 * ($n + 1), ARRAY_FILTER_USE_BOTH));
    $last = min($last, end($times));
}
echo "$early too early\n";
echo $last < 115 ? "no drift\n" : "the last at $last ms, at best\n";
foreach ([1, 2, 7] as $ms) {
    $start = hrtime(true);
    Timer::after($ms, function () use ($ms, $start) {
        $took = (hrtime(true) - $start) / 1e6;
        echo $took >= $ms ? "$ms ms: not early\n" : "$ms ms: $took ms\n";
    });
    Event::wait();
}
?>
--EXPECT--
0 too early
no drift
1 ms: not early
2 ms: not early
7 ms: not early
