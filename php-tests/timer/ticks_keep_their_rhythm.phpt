--TEST--
a tick keeps its rhythm: it does not drift by what its callback takes, and fires never too early
--CONFLICTS--
all
--FILE--
<?php
use Swoole\{Event, Timer};
$start = hrtime(true);
$times = [];
Timer::tick(20, function (int $id) use (&$times, $start) {
    $times[] = (hrtime(true) - $start) / 1e6;
    usleep(5000);
    count($times) === 20 && Timer::clear($id);
});
Event::wait();
$early = array_filter($times, fn ($ms, $n) => $ms < 20 * ($n + 1), ARRAY_FILTER_USE_BOTH);
echo count($early), " too early\n";
// With a drift of 5 ms a tick the last would come at 500 ms.
echo end($times) < 480 ? "no drift\n" : 'the last at ' . end($times) . " ms\n";
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
