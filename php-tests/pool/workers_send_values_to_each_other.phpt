--TEST--
a value for a worker of a pool calls onMessage in its place, where receive() returns it; one that is not received there is lost
--FILE--
<?php
use Swoole\Process\Pool;

require __DIR__ . '/../support.inc';

foreach (['plain' => [false, false], 'coroutines' => [true, false], 'bus' => [false, true], 'both' => [true, true]] as $name => [$coroutines, $bus]) {
    echo "$name\n";
    $log = tempnam(sys_get_temp_dir(), 'log');
    $pool = new Pool(2, SWOOLE_IPC_UNIXSOCK, 0, $coroutines);
    // Values may be larger than messages.
    $pool->set(['enable_message_bus' => $bus, 'log_file' => $log, 'max_package_size' => 1000]);
    $pool->on('WorkerStart', function (Pool $pool, int $id) {
        if ($id === 1) {
            return;
        }
        $to = $pool->getProcess(1);
        $sent = [
            $pool->sendMessage('before', 1),
            $to->send(['small' => 1]),
            $pool->sendMessage('between', 1),
            $to->send(str_repeat('x', 15_000)),
            $to->send('ignore this'),
            $to->sendHandle(STDIN),
            $to->send(str_repeat('y', 200_000)),
            $pool->sendMessage('after', 1),
        ];
        if ($sent !== array_fill(0, 8, true)) {
            echo "not sent\n";
        }
    });
    $pool->on('Message', function (Pool $pool, string $text) {
        static $number = 0;
        $number++;
        if ($text !== '') {
            echo "$number: $text\n";
        } elseif ($number === 6) {
            echo "$number: ", get_debug_type($pool->getProcess()->receiveHandle()), "\n";
        } elseif ($number !== 5) {
            // At once, and once.
            $value = $pool->getProcess()->receive(10, $received, ['allowed_classes' => false]);
            echo "$number: ", is_string($value) ? strlen($value) : json_encode($value), $received ? '' : ' nothing', "\n";
        }
        if ($text === 'after') {
            $pool->shutdown();
        }
    });
    $pool->start();
    echo preg_replace('/^\[.*?\]\t/m', '', file_get_contents($log));
    unlink($log);
}
?>
--EXPECT--
plain
1: before
2: {"small":1}
3: between
4: 15000
6: resource (stream)
7: 200000
8: after
WARNING	a value was not received, and is lost: call receive() before onMessage returns or yields
coroutines
1: before
2: {"small":1}
3: between
4: 15000
6: resource (stream)
7: 200000
8: after
WARNING	a value was not received, and is lost: call receive() before onMessage returns or yields
bus
1: before
2: {"small":1}
3: between
4: 15000
6: resource (stream)
7: 200000
8: after
WARNING	a value was not received, and is lost: call receive() before onMessage returns or yields
both
1: before
2: {"small":1}
3: between
4: 15000
6: resource (stream)
7: 200000
8: after
WARNING	a value was not received, and is lost: call receive() before onMessage returns or yields
