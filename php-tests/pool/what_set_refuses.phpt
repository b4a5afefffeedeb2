--TEST--
set() refuses values that make no sense, and then changes nothing
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
$wrong = [
    ['max_package_size' => 0], ['max_package_size' => -1], ['max_package_size' => (1 << 30) + 1], ['max_package_size' => PHP_INT_MIN],
    ['max_wait_time' => -1], ['max_wait_time' => NAN], ['max_wait_time' => INF], ['max_wait_time' => -0.5], ['max_wait_time' => 1e300],
    ['max_requests' => -1], ['max_request' => PHP_INT_MIN], ['max_lifetime' => -1], ['max_lifetime' => NAN],
    ['max_memory' => -1], ['max_memory' => 'much'], ['max_memory' => ''], ['max_memory' => 'M'], ['max_memory' => '99999999999G'],
    ['max_memory' => '-5M'], ['max_memory' => '5T'],
    ['restart_delay' => -1], ['restart_max_delay' => -1], ['restart_window' => 0], ['restart_window' => -1], ['max_restarts' => -1],
];
foreach ($wrong as $settings) {
    try {
        $pool->set($settings);
        echo 'taken: ', var_export($settings, true), "\n";
    } catch (Swoole\Exception $e) {
        $value = var_export(current($settings), true);
        echo key($settings), " $value: {$e->getMessage()} ({$e->getCode()})\n";
    }
}
// What is refused changes nothing, neither what stands before it.
try {
    $pool->set(['max_package_size' => 10, 'max_requests' => -1]);
} catch (Swoole\Exception) {
}
$pool->set([
    'max_package_size' => '2000', 'max_wait_time' => '0.5', 'max_requests' => 0, 'max_lifetime' => 0, 'max_memory' => '1g',
    'restart_delay' => 0, 'restart_max_delay' => 0, 'restart_window' => 1, 'max_restarts' => 0, 'unknown' => 1, 7 => 8,
]);
$pool->set(['max_memory' => 1 << 30]);
$pool->on('WorkerStart', function (Pool $pool) {
    echo json_encode([$pool->sendMessage(str_repeat('x', 2000), 0), @$pool->sendMessage(str_repeat('x', 2001), 0)]), "\n";
    @$pool->set(['max_package_size' => 5]);
    echo error_get_last()['message'], "\n";
    echo json_encode(@$pool->on('Start', fn () => 0)), ' ', error_get_last()['message'], "\n";
});
$pool->on('Message', function (Pool $pool, string $message) {
    echo strlen($message), " bytes\n";
    $pool->shutdown();
});
var_dump($pool->start());
// Afterwards it may be changed again.
$pool->set(['max_package_size' => 5]);
try {
    (new Pool(1, SWOOLE_IPC_MSGQUEUE))->set(['enable_coroutine' => true]);
} catch (Error $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECT--
max_package_size 0: the setting max_package_size must be from 1 byte to 1 GB (505)
max_package_size -1: the setting max_package_size must be from 1 byte to 1 GB (505)
max_package_size 1073741825: the setting max_package_size must be from 1 byte to 1 GB (505)
max_package_size -9223372036854775807-1: the setting max_package_size must be from 1 byte to 1 GB (505)
max_wait_time -1: the setting max_wait_time must be a number of seconds, not negative (505)
max_wait_time NAN: the setting max_wait_time must be a number of seconds, not negative (505)
max_wait_time INF: the setting max_wait_time must be a number of seconds, not negative (505)
max_wait_time -0.5: the setting max_wait_time must be a number of seconds, not negative (505)
max_wait_time 1.0E+300: the setting max_wait_time must be a number of seconds, not negative (505)
max_requests -1: the setting max_requests must be a number, not negative (505)
max_request -9223372036854775807-1: the setting max_requests must be a number, not negative (505)
max_lifetime -1: the setting max_lifetime must be a number of seconds, not negative (505)
max_lifetime NAN: the setting max_lifetime must be a number of seconds, not negative (505)
max_memory -1: the setting max_memory must be a number, not negative (505)
max_memory 'much': the setting max_memory must be a number of bytes, such as 128M (505)
max_memory '': the setting max_memory must be a number of bytes, such as 128M (505)
max_memory 'M': the setting max_memory must be a number of bytes, such as 128M (505)
max_memory '99999999999G': the setting max_memory must be a number of bytes, such as 128M (505)
max_memory '-5M': the setting max_memory must be a number of bytes, such as 128M (505)
max_memory '5T': the setting max_memory must be a number of bytes, such as 128M (505)
restart_delay -1: the setting restart_delay must be a number of seconds, not negative (505)
restart_max_delay -1: the setting restart_max_delay must be a number of seconds, not negative (505)
restart_window 0: the setting restart_window must be more than 0 seconds (505)
restart_window -1: the setting restart_window must be a number of seconds, not negative (505)
max_restarts -1: the setting max_restarts must be a number, not negative (505)
[true,false]
Swoole\Process\Pool::set(): the process pool is running, cannot change its settings
false Swoole\Process\Pool::on(): the process pool is running, unable to register event callback function
2000 bytes
NULL
enable_coroutine is for SWOOLE_IPC_NONE and SWOOLE_IPC_UNIXSOCK only
