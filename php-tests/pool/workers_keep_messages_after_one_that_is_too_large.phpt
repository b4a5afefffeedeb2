--TEST--
With keep_message, a message of a queue that is too large to be kept leaves no worker waiting for one that it would not keep
--SKIPIF--
<?php
$child = proc_open(['sleep', '60'], [], $pipes);
$call = @file_get_contents('/proc/' . proc_get_status($child)['pid'] . '/syscall');
proc_terminate($child, 9);
$call || die('skip needs /proc/PID/syscall of child processes');
?>
--FILE--
<?php
use Swoole\{Atomic, Process\Pool};

const WORKERS = 3;

/** For how many bytes each worker has room in the call in which it waits for a message. */
function rooms(Pool $pool): array
{
    $rooms = [];
    foreach ($pool->stats()['workers'] as $worker) {
        // The number of the call and its arguments, or that the process runs.
        [$call, , , $room] = explode(' ', (string) @file_get_contents("/proc/{$worker['pid']}/syscall")) + array_fill(0, 4, '');
        // msgrcv() on x86-64 and on arm64.
        $rooms[] = in_array($call, ['70', '188'], true) ? $room : null;
    }
    return $rooms;
}

function wait_until(Closure $condition): void
{
    while (!$condition()) {
        usleep(1000);
    }
}

/** Waits until all workers wait for a message. */
function waiting(Pool $pool): array
{
    do {
        usleep(1000);
        $rooms = rooms($pool);
    } while (count($rooms) < WORKERS || in_array(null, $rooms, true));
    return $rooms;
}

$handled = new Atomic();
$pool = new Pool(WORKERS, SWOOLE_IPC_MSGQUEUE);
$pool->set(['keep_message' => 100, 'max_retries' => 1, 'log_level' => SWOOLE_LOG_NONE]);
$pool->on('Message', function () use ($handled) {
    $handled->add();
});
$pool->on('Start', function (Pool $pool) use ($handled) {
    Swoole\Timer::after(1, function () use ($pool, $handled) {
        $before = waiting($pool);
        for ($count = 1; $count <= 20; $count++) {
            $pool->getProcess(0)->push(str_repeat('x', 1000));
            wait_until(fn () => $handled->get() === $count);
            if (waiting($pool) !== $before) {
                echo "after $count: ", json_encode([$before, waiting($pool)]), "\n";
                break;
            }
        }
        echo count(array_unique($before)), " room for all\n";
        $pool->shutdown();
    });
});
$pool->start();
?>
--EXPECT--
1 room for all
