--TEST--
what a script writes into the properties does not change what the methods do; unset is refused, dynamic ones as PHP does
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$p = new Process(function (Process $p) {
    $p->write('pid ' . ($p->pid === getmypid() ? 'right' : 'wrong') . ', ' . json_encode([$p->id, $p->tag]));
});
$p->pid = 'nonsense';
$p->pipe = -1;
$p->id = [];
$pid = &$p->pid;
$p->tag = 'tagged';
var_dump($p->start() === $pid);
$p->id = 'my id';
var_dump($p->read(), Process::wait()['pid'] === $p->pid);
foreach (['pid', 'pipe', 'id', 'msgQueueId', 'msgQueueKey'] as $name) {
    try {
        unset($p->$name);
    } catch (Error $e) {
        echo $e->getMessage(), "\n";
    }
}
unset($p->tag);
var_dump(isset($p->tag));
try {
    echo $p->callback;
} catch (Error $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECTF--

Deprecated: Creation of dynamic property Swoole\Process::$tag is deprecated in %s on line %d
bool(true)
string(24) "pid right, [[],"tagged"]"
bool(true)
Property pid of class Swoole\Process cannot be unset
Property pipe of class Swoole\Process cannot be unset
Property id of class Swoole\Process cannot be unset
Property msgQueueId of class Swoole\Process cannot be unset
Property msgQueueKey of class Swoole\Process cannot be unset
bool(false)
Cannot access private property Swoole\Process::$callback
