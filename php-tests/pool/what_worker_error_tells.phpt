--TEST--
WorkerError and the log tell who ended how, after how long, and when it is started again
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();
$wire = new Wire();
$pool = new Pool(2, SWOOLE_IPC_UNIXSOCK);
$pool->set(['restart_delay' => 0.01, 'restart_max_delay' => 60]);
$pool->on('WorkerStart', fn (Pool $pool, int $id) => $id === 0 && $wire->tell((string) getmypid()));
$pool->on('Message', fn (Pool $pool, string $message) => $message === 'kill' ? posix_kill(getmypid(), SIGUSR1) : exit((int) $message));
$failures = 0;
$pool->on('Start', fn (Pool $pool) => $pool->sendMessage('9', 0));
$pool->on('WorkerError', function (Pool $pool, int $id, array $report) use (&$failures, $wire) {
    $pid = (int) $wire->hear();
    echo json_encode([
        $id === $report['worker_id'], $report['pid'] === $pid, is_float($report['uptime']) && $report['uptime'] > 0,
        $report['delay'] <= 0.01 * 2 ** $failures && $report['delay'] >= 0.01 * 2 ** $failures / 2,
    ]), ' ';
    unset($report['pid'], $report['uptime'], $report['delay']);
    echo json_encode($report), "\n";
    if (++$failures < 5) {
        $pool->sendMessage($failures === 2 ? 'kill' : '255', 0);
    } else {
        $pool->shutdown();
    }
});
var_dump($pool->start());
echo implode("\n", log_lines()), "\n";
?>
--EXPECT--
[true,true,true,true] {"worker_id":0,"name":null,"code":9,"signal":0,"signal_name":null,"restarts":0,"asked":false}
[true,true,true,true] {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":1,"asked":false}
[true,true,true,true] {"worker_id":0,"name":null,"code":0,"signal":10,"signal_name":"SIGUSR1","restarts":2,"asked":false}
[true,true,true,true] {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":3,"asked":false}
[true,true,true,true] {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":4,"asked":false}
NULL
WARNING	worker 0 (pid N) exited with code 9 after T s, restarts so far: 0; restarting in T s
WARNING	worker 0 (pid N) exited with code 255 after T s, restarts so far: 1; restarting in T s
WARNING	worker 0 (pid N) was killed by SIGUSR1 (10) after T s, restarts so far: 2; restarting in T s
WARNING	worker 0 (pid N) exited with code 255 after T s, restarts so far: 3; restarting in T s
WARNING	worker 0 (pid N) exited with code 255 after T s, restarts so far: 4; restarting in T s
