--TEST--
The object as var_dump shows it in the child.
--FILE--
<?php
// The object as var_dump shows it in the child.
$p = new Swoole\Process(function (Swoole\Process $w) { ob_start(); var_dump($w); echo preg_replace('/int\(\d+\)/', 'int(N)', preg_replace('/#\d+/', '#N', ob_get_clean())); });
$p->start(); Swoole\Process::wait();
--EXPECTF--
object(Swoole\Process)#N (6) {
  ["pipe"]=>
  int(N)
  ["msgQueueId"]=>
  NULL
  ["msgQueueKey"]=>
  NULL
  ["pid"]=>
  int(N)
  ["id"]=>
  int(N)
  ["callback":"Swoole\Process":private]=>
  object(Closure)#N (%d) {
%A    ["parameter"]=>
    array(1) {
      ["$w"]=>
      string(10) "<required>"
    }
  }
}
