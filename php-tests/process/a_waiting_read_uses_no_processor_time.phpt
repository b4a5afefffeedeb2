--TEST--
read() and write() that wait sleep: they do not ask the kernel again and again
--INI--
swoole.socket_buffer_size=8192
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
/** Processor time of this process, in microseconds. */
function used(): int
{
    ['ru_utime.tv_sec' => $us, 'ru_utime.tv_usec' => $uu, 'ru_stime.tv_sec' => $ss, 'ru_stime.tv_usec' => $su] = getrusage();
    return 1000000 * ($us + $ss) + $uu + $su;
}
foreach (TYPES as $name => $type) {
    $p = new Process(function () {
        sleep(60);
    }, false, $type);
    $p->start();
    $p->setTimeout(0.35);
    $before = used();
    var_dump($p->read());
    echo "$name, read(): ", used() - $before < 50000 ? "asleep\n" : "busy\n";
    $p->setTimeout(0.02);
    while (@$p->write(str_repeat('x', 1024)));
    $p->setTimeout(0.35);
    $before = used();
    var_dump(@$p->write('x'));
    echo "$name, write(): ", used() - $before < 50000 ? "asleep\n" : "busy\n";
    Process::kill($p->pid, SIGKILL);
    Process::wait();
}
?>
--EXPECT--
bool(false)
stream, read(): asleep
bool(false)
stream, write(): asleep
bool(false)
message, read(): asleep
bool(false)
message, write(): asleep
