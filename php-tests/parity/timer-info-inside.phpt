--TEST--
what Timer::info() tells inside the callback of a timer, before and after it clears itself.
--FILE--
<?php
// Pins: what Timer::info() tells inside the callback of a timer, before and after it clears itself.
// Status: accidental.
use Swoole\Timer;
Timer::tick(20, function (int $id) {
    $info = Timer::info($id);
    echo json_encode([$info['interval'] > 0, $info['round'], $info['removed']]), "\n";
    Timer::clear($id);
    echo json_encode(Timer::info($id)['removed'] ?? 'gone'), "\n";
});
Swoole\Event::wait();
echo "done\n";
--EXPECT--
[true,0,false]
true
done
