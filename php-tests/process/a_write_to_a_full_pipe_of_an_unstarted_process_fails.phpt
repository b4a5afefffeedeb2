--TEST--
write() to a full pipe of a process that was never started fails with EAGAIN: nobody would ever make room
--INI--
swoole.socket_buffer_size=8192
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $p = new Process(function (Process $p) use (&$sent) {
        for ($bytes = 0; $bytes < $sent * 1024; $bytes += strlen($p->read()));
        echo "the child has read everything, ";
    }, false, $type);
    for ($sent = 0; @$p->write(str_repeat('x', 1024)) === 1024; $sent++);
    echo $name, ': ', error_get_last()['message'], ', ', swoole_errno() === 11 ? 'EAGAIN' : swoole_errno(), ', ',
        swoole_last_error() === 11 ? 'EAGAIN' : swoole_last_error(), ', ';
    $p->start();
    echo ending(Process::wait()), "\n";
}
?>
--EXPECT--
stream: Swoole\Process::write(): write() failed, Error: Resource temporarily unavailable[11], EAGAIN, EAGAIN, the child has read everything, code 0
message: Swoole\Process::write(): write() failed, Error: Resource temporarily unavailable[11], EAGAIN, EAGAIN, the child has read everything, code 0
