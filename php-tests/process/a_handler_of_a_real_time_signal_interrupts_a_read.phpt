--TEST--
read(): a handler of a real-time signal that was installed without restart ends it with false and EINTR
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
pcntl_async_signals(true);
$main = getmypid();
pcntl_signal(40, fn () => print("handled\n"), false);
$p = new Process(function (Process $p) use ($main) {
    until_asleep($main);
    posix_kill($main, 40);
    $p->read();
});
$p->start();
var_dump($p->read(), swoole_strerror(swoole_errno()));
$p->write('end');
echo ending(Process::wait()), "\n";
?>
--EXPECT--
handled
bool(false)
string(23) "Interrupted system call"
code 0
