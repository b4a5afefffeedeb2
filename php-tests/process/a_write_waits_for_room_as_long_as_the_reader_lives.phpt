--TEST--
write() waits for room as long as the reader lives, however long that takes, and sends everything
--INI--
swoole.socket_buffer_size=8192
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $main = getmypid();
    $p = new Process(function (Process $p) use ($main) {
        until_asleep($main);
        // Longer than the pipe's own time limit.
        usleep(150000);
        for ($bytes = 0; $bytes < 1000000; $bytes += strlen($part)) {
            if (($part = $p->read(100000)) === '') {
                break;
            }
        }
        $p->write("$bytes bytes");
    }, false, $type);
    $p->start();
    if ($type === SOCK_STREAM) {
        echo $p->write(str_repeat('x', 1000000));
    } else {
        for ($sent = 0; $sent < 1000000; $sent += $p->write(str_repeat('x', 1000)));
        echo $sent;
    }
    echo ' sent, read: ', $p->read(), ', ', ending(Process::wait()), ", $name\n";
}
?>
--EXPECT--
1000000 sent, read: 1000000 bytes, code 0, stream
1000000 sent, read: 1000000 bytes, code 0, message
