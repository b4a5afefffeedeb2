--TEST--
on() takes names in any case, replaces what was there, and refuses what it does not know
--FILE--
<?php
use Swoole\Process\Pool;
$pool = new Pool(1);
var_dump($pool->on('WORKERSTART', fn () => print("replaced\n")));
var_dump($pool->on('workerstart', function (Pool $pool) {
    echo "WorkerStart\n";
    $pool->shutdown();
}));
var_dump($pool->on('sTaRt', fn () => print("Start\n")));
foreach (['', 'WorkerBegin', "Start\0", 'Message ', 'onStart'] as $name) {
    var_dump(@$pool->on($name, fn () => 0), error_get_last()['message']);
}
var_dump(@$pool->on('Start', 'no_such_function'), error_get_last()['message']);
try {
    $pool->on('Message', fn () => 0);
} catch (Swoole\Exception $e) {
    echo $e->getMessage(), "\n";
}
// The name is checked before the callback.
var_dump(@$pool->on('WorkerBegin', 'no_such_function'), error_get_last()['message']);
error_clear_last();
try {
    @$pool->on('Message', 'no_such_function');
} catch (Swoole\Exception $e) {
    echo $e->getMessage(), ' ', json_encode(error_get_last()), "\n";
}
$pool->start();
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
bool(false)
string(47) "Swoole\Process\Pool::on(): unknown event type[]"
bool(false)
string(58) "Swoole\Process\Pool::on(): unknown event type[WorkerBegin]"
bool(false)
string(51) "Swoole\Process\Pool::on(): unknown event type[Start"
bool(false)
string(55) "Swoole\Process\Pool::on(): unknown event type[Message ]"
bool(false)
string(54) "Swoole\Process\Pool::on(): unknown event type[onStart]"
bool(true)
string(70) "Swoole\Process\Pool::on(): function 'no_such_function' is not callable"
cannot set `onMessage` event with ipc_type=0
bool(false)
string(58) "Swoole\Process\Pool::on(): unknown event type[WorkerBegin]"
cannot set `onMessage` event with ipc_type=0 null
Start
WorkerStart
