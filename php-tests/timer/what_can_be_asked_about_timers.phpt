--TEST--
list(), info() and stats()
--FILE--
<?php
use Swoole\{Event, Timer};
var_dump(Timer::stats(), count(Timer::list()), Timer::info(1), Timer::exists(1), Timer::clearAll());
$a = Timer::tick(5, fn () => null);
$b = Timer::after(100000, fn () => null);
$list = Timer::list();
echo get_class($list), ' ', json_encode([iterator_to_array($list), $list[0] ?? null, $list instanceof Countable]), "\n";
foreach ($list as $key => $id) {
    echo "$key => $id ", json_encode(Timer::exists($id)), "\n";
}
$info = Timer::info($a);
echo json_encode(array_map('gettype', $info)), "\n";
echo json_encode([$info['exec_count'], $info['interval'], $info['removed'], $info['exec_msec'] >= 5]), "\n";
echo json_encode([Timer::info($b)['interval'], Timer::info($b)['exec_msec'] >= 100000, Timer::info(77)]), "\n";
Timer::tick(2, function (int $c) use ($a, $b) {
    $info = Timer::info($a);
    if ($info['exec_count'] < 2) {
        return;
    }
    echo json_encode([$info['exec_count'] >= 2, $info['exec_msec'] >= 15, Timer::stats()['round'] >= 2]), "\n";
    echo json_encode(iterator_to_array(Timer::list())), "\n";
    Timer::clear($a);
    Timer::clear($b);
    Timer::clear($c);
});
Event::wait();
var_dump(Timer::stats(), iterator_to_array(Timer::list()));
?>
--EXPECT--
array(3) {
  ["initialized"]=>
  bool(false)
  ["num"]=>
  int(0)
  ["round"]=>
  int(0)
}
int(0)
bool(false)
bool(false)
bool(false)
Swoole\Timer\Iterator [[1,2],1,true]
0 => 1 true
1 => 2 true
{"exec_msec":"integer","exec_count":"integer","interval":"integer","round":"integer","removed":"boolean"}
[0,5,false,true]
[0,true,null]
[true,true,true]
[1,2,3]
array(3) {
  ["initialized"]=>
  bool(false)
  ["num"]=>
  int(0)
  ["round"]=>
  int(0)
}
array(0) {
}
