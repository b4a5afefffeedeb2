--TEST--
swoole_process.queue_mode narrows the permissions of new queues with a key; the queue of a pool without a key is for its user alone
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Pool;

/** The permissions of a queue, as ipcs(1) shows them. */
function mode(int $id): ?string
{
    foreach (file('/proc/sysvipc/msg') as $line) {
        [, $number, $mode] = preg_split('/\s+/', trim($line));
        if ($number === (string) $id) {
            return $mode;
        }
    }
    return null;
}

$key = 0x6d000000 + getmypid();
foreach ([null, '0660', '600', '7777', 'all', '-1', ''] as $setting) {
    if ($setting !== null) {
        ini_set('swoole_process.queue_mode', $setting);
    }
    $process = new Process(fn () => 0, false, 0);
    var_dump($process->useQueue($key));
    echo json_encode($setting), ': ', mode($process->msgQueueId), ', ', $process->push('text') ? $process->pop() : 'no', "\n";
    $process->freeQueue();
}
foreach (['0640' => $key, '0666' => 0] as $setting => $poolKey) {
    ini_set('swoole_process.queue_mode', $setting);
    $pool = new Pool(1, SWOOLE_IPC_MSGQUEUE, $poolKey);
    $pool->on('Message', fn () => 0);
    $pool->on('WorkerStart', function (Pool $pool) {
        echo mode($pool->getProcess()->msgQueueId), "\n";
        $pool->shutdown();
    });
    $pool->start();
}
$process = new Process(fn () => 0, false, 0);
$process->useQueue($key);
$process->freeQueue();
?>
--EXPECT--
bool(true)
null: 666, text
bool(true)
"0660": 660, text
bool(true)
"600": 600, text
bool(true)
"7777": 666, text
bool(true)
"all": 600, text
bool(true)
"-1": 600, text
bool(true)
"": 600, text
640
600
