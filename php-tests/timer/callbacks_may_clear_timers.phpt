--TEST--
a callback may clear its own timer, another of the same moment, or all of them
--FILE--
<?php
use Swoole\{Event, Timer};
$id = Timer::after(1, function () use (&$id) {
    echo 'in its own callback: ', json_encode([Timer::exists($id), Timer::clear($id), Timer::clear($id), Timer::exists($id)]), "\n";
});
Event::wait();
$id = Timer::tick(1, function ($own, $text) use (&$id) {
    Timer::clear($own);
    echo 'tick: ', json_encode([$own === $id, $text, Timer::exists($own)]), "\n";
    $id = Timer::tick(1, fn ($next) => Timer::clear($next) && print("another one\n"));
}, 'its argument lives');
Event::wait();
$victims = [];
Timer::after(1, function () use (&$victims) {
    foreach ($victims as $victim) {
        Timer::clear($victim);
    }
    echo "two of the same moment cleared\n";
});
$victims = [Timer::after(1, fn () => print("not reached\n")), Timer::tick(1, fn () => print("not reached\n"))];
usleep(3000);
Event::wait();
Timer::tick(1, function ($id) {
    $state = fn () => [Timer::info($id)['exec_msec'], Timer::info($id)['removed'], count(Timer::list())];
    $before = $state();
    Timer::clear($id);
    echo 'in a tick: ', json_encode([$before, $state()]), "\n";
});
Event::wait();
foreach (['after', 'tick'] as $kind) {
    $timer = Timer::$kind(1, function () use (&$timer) {
        // The timer itself is there until its callback returns.
        echo json_encode([Timer::clearAll(), count(Timer::list()), Timer::stats()['num'], Timer::exists($timer)]), "\n";
        Timer::after(1, fn () => print("made after clearAll\n"));
        Event::defer(fn () => print('then ' . count(Timer::list()) . "\n"));
    });
    Timer::after(1, fn () => print("not reached\n"));
    Timer::tick(1, fn () => print("not reached\n"));
    usleep(3000);
    Event::wait();
}
?>
--EXPECT--
in its own callback: [true,true,false,false]
tick: [true,"its argument lives",false]
another one
two of the same moment cleared
in a tick: [[1,false,1],[1,true,1]]
[true,1,1,false]
then 1
made after clearAll
[true,1,1,false]
then 1
made after clearAll
