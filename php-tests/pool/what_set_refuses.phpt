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
    ['max_wait_time' => 'five'], ['max_wait_time' => []], ['max_wait_time' => true], ['max_wait_time' => '-1s'], ['max_wait_time' => '5 parsecs'],
    ['max_wait_time' => '1h30'], ['max_wait_time' => 'INF'], ['max_wait_time' => '1..5'], ['max_wait_time' => "5\0s"], ['max_wait_time' => new stdClass()],
    ['max_wait_time' => '1e300'], ['max_lifetime' => str_repeat('9', 400)], ['max_requests' => '10k'], ['max_requests' => 1.5], ['max_requests' => 1e30],
    ['max_memory' => NAN], ['max_memory' => '1.5.5M'], ['max_package_size' => 'all'], ['max_package_size' => '2G'], ['max_restarts' => false],
    ['enable_coroutine' => 'maybe'], ['enable_coroutine' => 2], ['enable_message_bus' => []], ['enable_message_bus' => 1.0],
    ['socket_buffer_size' => 0], ['log_date_format' => ''], ['exit_condition' => 'no_such_function'],
    ['restart_delay' => -1], ['restart_max_delay' => -1], ['restart_window' => 0], ['restart_window' => -1], ['max_restarts' => -1],
];
foreach ($wrong as $settings) {
    try {
        $pool->set($settings);
        echo 'taken: ', var_export($settings, true), "\n";
    } catch (Swoole\Exception $e) {
        $value = current($settings);
        $value = is_scalar($value) ? substr(var_export($value, true), 0, 40) : get_debug_type($value);
        echo key($settings), " $value: {$e->getMessage()} ({$e->getCode()})\n";
    }
}
// What is refused changes nothing, neither what stands before it, nor options of the process.
foreach ([['max_package_size' => 10, 'max_coroutine' => 7, 'max_requests' => -1], ['max_coroutine' => 7, 'log_file' => '/nowhere/log']] as $settings) {
    try {
        $pool->set($settings);
    } catch (Swoole\Exception $e) {
        echo $e->getMessage(), ' ', $e->getCode(), "\n";
    }
}
for ($i = 0; $i < 8; $i++) {
    go(fn () => Swoole\Coroutine::sleep(0.001));
}
Swoole\Event::wait();
$pool->set([
    'max_package_size' => '2000', 'max_wait_time' => '0.5', 'max_requests' => 0, 'max_lifetime' => 0, 'max_memory' => '1g',
    'restart_delay' => 0, 'restart_max_delay' => 0, 'restart_window' => 1, 'max_restarts' => 0,
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
max_memory -1: the setting max_memory must be a number of bytes, such as 128M (505)
max_memory 'much': the setting max_memory must be a number of bytes, such as 128M (505)
max_memory '': the setting max_memory must be a number of bytes, such as 128M (505)
max_memory 'M': the setting max_memory must be a number of bytes, such as 128M (505)
max_memory '99999999999G': the setting max_memory must be a number of bytes, such as 128M (505)
max_memory '-5M': the setting max_memory must be a number of bytes, such as 128M (505)
max_memory '5T': the setting max_memory must be a number of bytes, such as 128M (505)
max_wait_time 'five': the setting max_wait_time must be a number of seconds, not negative (505)
max_wait_time array: the setting max_wait_time must be a number of seconds, not negative (505)
max_wait_time true: the setting max_wait_time must be a number of seconds, not negative (505)
max_wait_time '-1s': the setting max_wait_time must be a number of seconds, not negative (505)
max_wait_time '5 parsecs': the setting max_wait_time must be a number of seconds, not negative (505)
max_wait_time '1h30': the setting max_wait_time must be a number of seconds, not negative (505)
max_wait_time 'INF': the setting max_wait_time must be a number of seconds, not negative (505)
max_wait_time '1..5': the setting max_wait_time must be a number of seconds, not negative (505)
max_wait_time '5' . "\0" . 's': the setting max_wait_time must be a number of seconds, not negative (505)
max_wait_time stdClass: the setting max_wait_time must be a number of seconds, not negative (505)
max_wait_time '1e300': the setting max_wait_time must be a number of seconds, not negative (505)
max_lifetime '999999999999999999999999999999999999999: the setting max_lifetime must be a number of seconds, not negative (505)
max_requests '10k': the setting max_requests must be a number, not negative (505)
max_requests 1.5: the setting max_requests must be a number, not negative (505)
max_requests 1.0E+30: the setting max_requests must be a number, not negative (505)
max_memory NAN: the setting max_memory must be a number of bytes, such as 128M (505)
max_memory '1.5.5M': the setting max_memory must be a number of bytes, such as 128M (505)
max_package_size 'all': the setting max_package_size must be from 1 byte to 1 GB (505)
max_package_size '2G': the setting max_package_size must be from 1 byte to 1 GB (505)
max_restarts false: the setting max_restarts must be a number, not negative (505)
enable_coroutine 'maybe': the setting enable_coroutine must be true or false (505)
enable_coroutine 2: the setting enable_coroutine must be true or false (505)
enable_message_bus array: the setting enable_message_bus must be true or false (505)
enable_message_bus 1.0: the setting enable_message_bus must be true or false (505)
socket_buffer_size 0: socket_buffer_size must be from 1 to 2147483647 (505)
log_date_format '': invalid log_date_format (505)
exit_condition 'no_such_function': function 'no_such_function' is not callable (505)
restart_delay -1: the setting restart_delay must be a number of seconds, not negative (505)
restart_max_delay -1: the setting restart_max_delay must be a number of seconds, not negative (505)
restart_window 0: the setting restart_window must be more than 0 seconds (505)
restart_window -1: the setting restart_window must be a number of seconds, not negative (505)
max_restarts -1: the setting max_restarts must be a number, not negative (505)
the setting max_requests must be a number, not negative 505
open(/nowhere/log) failed, Error: No such file or directory[2] 505
[true,false]
Swoole\Process\Pool::set(): the process pool is running, cannot change its settings
false Swoole\Process\Pool::on(): process pool is started. unable to register event callback function
2000 bytes
NULL
enable_coroutine is for SWOOLE_IPC_NONE and SWOOLE_IPC_UNIXSOCK only
