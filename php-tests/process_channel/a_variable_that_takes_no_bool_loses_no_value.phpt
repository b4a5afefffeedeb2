--TEST--
pop() and receive() with a variable of a type that takes no bool: a TypeError, before a value is taken
--FILE--
<?php
use Swoole\Process;
$typed = new class { public array $received = []; };

$channel = new Process\Channel();
$channel->push('first');
try {
    $channel->pop(0, $typed->received);
} catch (TypeError $e) {
    echo $e->getMessage(), "\n";
}
var_dump($channel->length(), $channel->pop(0, $received), $received, $channel->pop(0, $received), $received);

$process = new Process(function (Process $process) {
    $process->send('second');
    $process->receive();
});
$process->start();
try {
    $process->receive(-1, $typed->received);
} catch (TypeError $e) {
    echo $e->getMessage(), "\n";
}
var_dump($process->receive(-1, $received), $received);
$process->send('end');
Process::wait();
?>
--EXPECTF--
Cannot assign %s to reference held by property class@anonymous::$received of type array
int(1)
string(5) "first"
bool(true)
bool(false)
bool(false)
Cannot assign %s to reference held by property class@anonymous::$received of type array
string(6) "second"
bool(true)
