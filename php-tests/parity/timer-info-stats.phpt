--TEST--
keys and values of info() and stats(), list() and its class, clearAll().
--FILE--
<?php
// Pins: keys and values of info() and stats(), list() and its class, clearAll().
// Status: documented.
use Swoole\{Event, Timer};
var_dump(Timer::stats());
$a = Timer::tick(40, fn () => null);
$b = Timer::after(500, fn () => null);
$c = Timer::after(600, fn () => null);
$i = Timer::info($a);
echo implode(',', array_keys($i)), "\n";
echo json_encode([$i['exec_count'], $i['interval'], $i['removed'], Timer::info($b)['interval']]), "\n";
$l = iterator_to_array(Timer::list());
sort($l);
var_dump($l === [$a, $b, $c], get_class(Timer::list()), Timer::list() instanceof ArrayIterator, count(Timer::list()));
Timer::clear($b);
echo json_encode([Timer::stats()['initialized'], Timer::stats()['num'], count(Timer::list())]), "\n";
Timer::after(220, function () use ($a) {
    echo json_encode([Timer::info($a)['exec_count'] >= 2, Timer::info($a)['removed']]), "\n";
    var_dump(Timer::clearAll());
});
Event::wait();
echo json_encode(Timer::stats()), "\n";
--EXPECT--
array(3) {
  ["initialized"]=>
  bool(false)
  ["num"]=>
  int(0)
  ["round"]=>
  int(0)
}
exec_msec,exec_count,interval,round,removed
[0,40,false,0]
bool(true)
string(21) "Swoole\Timer\Iterator"
bool(true)
int(3)
[true,2,2]
[true,false]
bool(true)
{"initialized":false,"num":0,"round":0}
