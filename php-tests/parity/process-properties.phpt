--TEST--
var_dump and the public properties of an object before start, after start and in the child.
--FILE--
<?php
// Pins: var_dump and the public properties of an object before start, after start and in the child.
// Status: documented (pid, pipe, msgQueueId, msgQueueKey); id, callback and their order are accidental.
use Swoole\Process;
function f(Process $p) { }
$p = new Process('f', false, 0);
echo preg_replace(['/#\d+/', '/int\(\d+\)/'], ['#', 'int(N)'], (function () use ($p) { ob_start(); var_dump($p); return ob_get_clean(); })());
echo implode(',', array_keys(get_object_vars($p))), "\n";
foreach ((new ReflectionClass($p))->getProperties() as $r) {
    echo $r->isPrivate() ? 'private ' : 'public ', $r->isStatic() ? 'static ' : '', '$', $r->getName(), "\n";
}
$q = new Process(function (Process $me) {
    global $q, $parent;
    $me->read();
    echo 'child: same object ' . var_export($me === $q, true) . ', pid is mine ' . var_export($me->pid === getmypid(), true)
        . ', pipe differs ' . var_export($me->pipe !== $parent, true), "\n";
});
$parent = $q->pipe;
$pid = $q->start();
var_dump($pid === $q->pid, $q->pipe === $parent);
$q->write('go');
Process::wait();
var_dump($pid === $q->pid);
$q->extra = 1;
var_dump($q->extra);
--EXPECTF--
object(Swoole\Process)# (6) {
  ["pipe"]=>
  NULL
  ["msgQueueId"]=>
  NULL
  ["msgQueueKey"]=>
  NULL
  ["pid"]=>
  NULL
  ["id"]=>
  int(N)
  ["callback":"Swoole\Process":private]=>
  string(1) "f"
}
pipe,msgQueueId,msgQueueKey,pid,id
public $pipe
public $msgQueueId
public $msgQueueKey
public $pid
public $id
private $callback
bool(true)
bool(true)
child: same object true, pid is mine true, pipe differs true
bool(true)

Deprecated: Creation of dynamic property Swoole\Process::$extra is deprecated in %s on line %d
int(1)
