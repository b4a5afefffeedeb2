--TEST--
options that are unknown or make no sense, and what getOptions tells
--FILE--
<?php
use Swoole\Coroutine;
Coroutine::set(['exit_condition' => 'no such function', 'log_file' => '/nonexistent/log', 'socket_buffer_size' => 0, 'max_coroutine' => 2, 'no_such_option' => 1]);
foreach ([1, 2, 3] as $i) {
    $cids[] = go(fn () => Coroutine::yield());
}
var_dump($cids);
Coroutine::set(['max_coroutine' => 0, 'display_errors' => false, 'enable_deadlock_check' => false]);
var_dump(Coroutine::sleep(0), ini_get('swoole.display_errors'));
Coroutine::set(['display_errors' => true]);
var_dump(ini_get('swoole.display_errors'));
echo json_encode(Coroutine::getOptions()), "\n";
class Thrower { public function __toString(): string { throw new Exception('thrown'); } }
try {
    Coroutine::set(['log_file' => new Thrower]);
} catch (Exception $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECTF--
Warning: Swoole\Coroutine::set(): function 'no such function' is not callable in %s on line %d

Warning: Swoole\Coroutine::set(): open(/nonexistent/log) failed, Error: No such file or directory[2] in %s on line %d

Warning: Swoole\Coroutine::set(): socket_buffer_size must be from 1 to 2147483647 in %s on line %d

Warning: go(): exceed max number of coroutine 2 in %s on line %d
array(3) {
  [0]=>
  int(1)
  [1]=>
  int(2)
  [2]=>
  bool(false)
}
bool(false)
string(1) "0"
string(1) "1"
{"exit_condition":"no such function","log_file":"\/nonexistent\/log","socket_buffer_size":0,"max_coroutine":0,"no_such_option":1,"display_errors":true,"enable_deadlock_check":false}
thrown
