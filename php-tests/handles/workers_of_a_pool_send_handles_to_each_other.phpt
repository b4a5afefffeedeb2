--TEST--
a handle for a worker of a pool calls onMessage with its data, in its place; one that is not received there is closed
--FILE--
<?php
use Swoole\Process\Pool;

require __DIR__ . '/../support.inc';

foreach (['plain' => [false, false], 'coroutines' => [true, false], 'bus' => [false, true], 'both' => [true, true]] as $name => [$coroutines, $bus]) {
    echo "$name\n";
    $log = tempnam(sys_get_temp_dir(), 'log');
    $pool = new Pool(2, SWOOLE_IPC_UNIXSOCK, 0, $coroutines);
    $pool->set(['enable_message_bus' => $bus, 'log_file' => $log, 'max_package_size' => 100_000]);
    $pool->on('WorkerStart', function (Pool $pool, int $id) use ($bus) {
        if ($id === 1) {
            return;
        }
        $file = fopen(__FILE__, 'r');
        $to = $pool->getProcess(1);
        $sent = [
            $pool->sendMessage('before', 1),
            $to->sendHandle($file, 'take this'),
            $pool->sendMessage(str_repeat('-', $bus ? 70_000 : 7), 1),
            $to->sendHandle($file, 'ignore this'),
            $to->sendHandle($file, str_repeat('x', 200_000)),
            $to->sendHandle($file),
            $pool->sendMessage('after', 1),
        ];
        if ($sent !== array_fill(0, 7, true)) {
            echo "not sent\n";
        }
    });
    $pool->on('Message', function (Pool $pool, string $text) {
        static $before;
        $before ??= links();
        echo strlen($text) > 20 ? strlen($text) : $text, "\n";
        if ($text === '' || $text === 'take this' || strlen($text) === 200_000) {
            // At once, and once.
            $file = $pool->getProcess()->receiveHandle(10, $data);
            var_dump($data === $text, fgets($file));
        }
        if ($text === 'after') {
            unset($file);
            $left = array_diff_key(links(), $before);
            // A copy of the pair may have been made to wait with.
            var_dump(array_filter($left, fn (string $link) => !str_starts_with($link, 'socket:')));
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
before
take this
bool(true)
string(6) "<?php
"
-------
ignore this
200000
bool(true)
string(25) "use Swoole\Process\Pool;
"

bool(true)
string(1) "
"
after
array(0) {
}
WARNING	a handle was not received, and is closed: call receiveHandle() before onMessage returns or yields
coroutines
before
take this
bool(true)
string(6) "<?php
"
-------
ignore this
200000
bool(true)
string(25) "use Swoole\Process\Pool;
"

bool(true)
string(1) "
"
after
array(0) {
}
WARNING	a handle was not received, and is closed: call receiveHandle() before onMessage returns or yields
bus
before
take this
bool(true)
string(6) "<?php
"
70000
ignore this
200000
bool(true)
string(25) "use Swoole\Process\Pool;
"

bool(true)
string(1) "
"
after
array(0) {
}
WARNING	a handle was not received, and is closed: call receiveHandle() before onMessage returns or yields
both
before
take this
bool(true)
string(6) "<?php
"
70000
ignore this
200000
bool(true)
string(25) "use Swoole\Process\Pool;
"

bool(true)
string(1) "
"
after
array(0) {
}
WARNING	a handle was not received, and is closed: call receiveHandle() before onMessage returns or yields
