--TEST--
set() understands the units that people write, and tells in the log of names that it does not know, with the nearest one
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
// What people write; null is nothing given.
foreach (['5s', '1.5', ' 5 ', '500ms', '5 ms', '1h', '2d', '1m', '30 min', '1W', '.5s', '1e2', 1e-300, '0', PHP_INT_MAX] as $time) {
    $pool->set(['max_lifetime' => $time, 'restart_delay' => $time, 'restart_max_delay' => $time, 'max_wait_time' => $time]);
}
foreach (['256MB', '256 M', '1.5g', '64KiB', '1000000', '1e9', PHP_INT_MAX] as $size) {
    $pool->set(['max_memory' => $size]);
}
foreach ([true, false, 0, 1, 'on', 'Off', 'yes', 'no', 'true', 'FALSE', '1', ''] as $flag) {
    $pool->set(['enable_message_bus' => $flag]);
}
$pool->set(['max_package_size' => '2KB', 'enable_message_bus' => false, 'max_lifetime' => 0, 'max_memory' => '0 MB', 'max_requests' => '1000', 'max_restarts' => PHP_INT_MAX]);
$pool->set(['max_package_size' => 2000, 'max_wait_time' => null, 'enable_coroutine' => null, 'max_requests' => null]);
// Unknown names are told in the log, those of coroutines, of the process and of Swoole are not.
$pool->set(['max_wait_tme' => 1, 'Max_Requests' => 'x', 'restart-delay' => 1, "max\nmemory" => 1, 7 => 8, '' => 1]);
$pool->set(['max_coroutine' => 1000, 'hook_flags' => 0, 'socket_timeout' => 1, 'log_level' => 0, 'aio_worker_num' => 4, 'enable_signalfd' => true]);
(new Swoole\Process\Manager())->set(['max_restart' => 3]);
echo implode("\n", log_lines()), "\n";
// A worker is replaced after its lifetime; the largest message has two thousand bytes.
$pool->set(['max_lifetime' => '50 ms', 'restart_delay' => 0]);
$pool->on('WorkerStart', function (Pool $pool) {
    if ($pool->stats()['restarts'] === 1) {
        echo json_encode([$pool->sendMessage(str_repeat('x', 2000), 0), @$pool->sendMessage(str_repeat('x', 2001), 0)]), "\n";
        $pool->shutdown();
    }
});
$pool->on('Message', fn (Pool $pool, string $message) => print(strlen($message) . "\n"));
var_dump($pool->start());
?>
--EXPECT--
WARNING	Pool::set(): unknown setting max_wait_tme, the nearest name is max_wait_time
WARNING	Pool::set(): unknown setting Max_Requests, the nearest name is max_requests
WARNING	Pool::set(): unknown setting restart-delay, the nearest name is restart_delay
WARNING	Pool::set(): unknown setting max\nmemory, the nearest name is max_memory
WARNING	Pool::set(): a setting has no name
WARNING	Pool::set(): unknown setting 
WARNING	Manager::set(): unknown setting max_restart, the nearest name is max_restarts
[true,false]
2000
NULL
