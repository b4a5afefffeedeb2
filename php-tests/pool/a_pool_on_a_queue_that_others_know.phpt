--TEST--
SWOOLE_IPC_MSGQUEUE: foreign senders reach a pool by its key; when the queue is removed the workers fail
--EXTENSIONS--
posix
pcntl
sysvmsg
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();
$key = random_int(1 << 20, 1 << 30);
$wire = new Wire();
$pool = new Pool(2, SWOOLE_IPC_MSGQUEUE, $key);
$pool->set(['max_package_size' => 10]);
$sender = apart(function () use ($key) {
    $queue = msg_get_queue($key);
    foreach ([1, 7, 99] as $type) {
        for ($i = 0; $i < 100; $i++) {
            msg_send($queue, $type, "type $type $i", false);
        }
    }
    msg_send($queue, 1, str_repeat('x', 8000), false);
    msg_send($queue, 1, '', false);
    for ($i = 0; $i < 2; $i++) {
        msg_send($queue, 1, 'end', false);
    }
});
$pool->on('Message', function (Pool $pool, string $message) use ($wire) {
    $wire->tell(strlen($message) > 100 || $message === '' ? strlen($message) . ' bytes' : $message);
    if ($message === 'end') {
        // Each worker takes one.
        while ($pool->stats()['state'] === 'running') {
            usleep(1000);
        }
    }
});
$pool->on('Start', fn () => null);
$ends = 0;
$driver = apart(function () use ($wire, $pool) {
    for ($lines = []; count(array_keys($lines, 'end')) < 2; $lines[] = $wire->hear());
    $counts = array_count_values(preg_replace('/ \d+$/', '', $lines));
    ksort($counts);
    echo json_encode($counts), "\n";
    posix_kill(posix_getppid(), SIGTERM);
});
var_dump($pool->start());
$queue = msg_get_queue($key);
var_dump(msg_stat_queue($queue)['msg_qnum']);
msg_send($queue, 1, 'stays', false);

// Nobody can go on without it.
$pool = new Pool(1, SWOOLE_IPC_MSGQUEUE, $key);
$pool->set(['max_restarts' => 1, 'restart_delay' => 0]);
$pool->on('Message', function (Pool $pool, string $message) use ($queue) {
    echo "$message\n";
    msg_remove_queue($queue);
});
$pool->on('WorkerStop', fn () => print("WorkerStop\n"));
var_dump($pool->start());
echo implode("\n", array_map(fn ($line) => preg_replace('/Identifier removed\[43\]|Invalid argument\[22\]/', 'GONE', $line), log_lines())), "\n";
?>
--EXPECT--
{"0 bytes":1,"8000 bytes":1,"end":2,"type 1":100,"type 7":100,"type 99":100}
NULL
int(0)
stays
WorkerStop
WorkerStop
bool(false)
WARNING	worker: msgrcv() failed, Error: GONE
WARNING	worker 0 (pid N) exited with code 1 after T s, restarts so far: 0; restarting in T s
WARNING	worker: msgrcv() failed, Error: GONE
WARNING	worker 0 (pid N) exited with code 1 after T s, restarts so far: 1; not restarting
WARNING	the process pool gives up: its workers have failed more than max_restarts times within restart_window
