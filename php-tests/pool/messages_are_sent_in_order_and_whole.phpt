--TEST--
sendMessage(): order per sender, empty ones, the largest, refused ones; from the master, workers, and a child of a worker
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
foreach ([false, true] as $bus) {
    $wire = new Wire();
    $pool = new Pool(4, SWOOLE_IPC_UNIXSOCK);
    $pool->set(['enable_message_bus' => $bus, 'max_package_size' => 3000]);
    $many = 3000;
    $send = function (Pool $pool, string $name) use ($many, $wire) {
        $sent = 0;
        for ($i = 0; $i < $many; $i++) {
            $sent += (int) $pool->sendMessage("$name $i", 0);
        }
        $wire->tell("$name has sent", $sent);
    };
    $pool->on('Start', function (Pool $pool) use ($wire, $bus) {
        $wire->tell('empty', $pool->sendMessage('', 0));
        $wire->tell('largest', $pool->sendMessage(str_repeat('l', 3000), 0));
        $wire->tell('larger', @$pool->sendMessage(str_repeat('l', 3001), 0));
        foreach ([-1, 4, PHP_INT_MAX, PHP_INT_MIN] as $id) {
            $wire->tell("to $id", @$pool->sendMessage('x', $id), error_get_last()['message']);
        }
    });
    $pool->on('WorkerStart', function (Pool $pool, int $id) use ($send) {
        if ($id === 3) {
            (new Process(fn () => $send($pool, 'child'), false, 0))->start();
        } elseif ($id > 0) {
            $send($pool, "worker$id");
        }
    });
    [$next, $ordered, $others] = [[], true, []];
    $pool->on('Message', function (Pool $pool, string $message) use (&$next, &$ordered, &$others, $wire, $many) {
        if (!str_contains($message, ' ')) {
            $others[] = strlen($message) . ' bytes';
            return;
        }
        [$name, $i] = explode(' ', $message);
        $ordered = $ordered && ($next[$name] ?? 0) === (int) $i;
        $next[$name] = (int) $i + 1;
        if (array_sum($next) === 3 * $many) {
            ksort($next);
            $wire->tell('ordered', $ordered, $next, $others);
            $pool->shutdown();
        }
    });
    $pool->start();
    $lines = $wire->hearAll();
    sort($lines);
    echo implode("\n", $lines), "\n";
}
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
var_dump(@$pool->sendMessage('x', 0), error_get_last()['message']);
foreach ([SWOOLE_IPC_NONE, SWOOLE_IPC_MSGQUEUE] as $type) {
    $pool = new Pool(1, $type);
    $pool->on('WorkerStart', function (Pool $pool) {
        var_dump(@$pool->sendMessage('x', 0), error_get_last()['message']);
        $pool->shutdown();
        sleep(100);
    });
    $pool->start();
}
?>
--EXPECT--
child has sent 3000
empty true
larger false
largest true
ordered true {"child":3000,"worker1":3000,"worker2":3000} ["0 bytes","3000 bytes"]
to -1 false Swoole\Process\Pool::sendMessage(): invalid worker_id[-1]
to -9223372036854775808 false Swoole\Process\Pool::sendMessage(): invalid worker_id[-9223372036854775808]
to 4 false Swoole\Process\Pool::sendMessage(): invalid worker_id[4]
to 9223372036854775807 false Swoole\Process\Pool::sendMessage(): invalid worker_id[9223372036854775807]
worker1 has sent 3000
worker2 has sent 3000
child has sent 3000
empty true
larger true
largest true
ordered true {"child":3000,"worker1":3000,"worker2":3000} ["0 bytes","3000 bytes","3001 bytes"]
to -1 false Swoole\Process\Pool::sendMessage(): invalid worker_id[-1]
to -9223372036854775808 false Swoole\Process\Pool::sendMessage(): invalid worker_id[-9223372036854775808]
to 4 false Swoole\Process\Pool::sendMessage(): invalid worker_id[4]
to 9223372036854775807 false Swoole\Process\Pool::sendMessage(): invalid worker_id[9223372036854775807]
worker1 has sent 3000
worker2 has sent 3000
bool(false)
string(64) "Swoole\Process\Pool::sendMessage(): process pool is not started."
bool(false)
string(59) "Swoole\Process\Pool::sendMessage(): unsupported ipc type[0]"
bool(false)
string(59) "Swoole\Process\Pool::sendMessage(): unsupported ipc type[2]"
