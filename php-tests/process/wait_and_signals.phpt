--TEST--
wait() goes on after a handler with restart, which runs afterwards; one without restart ends it with false and EINTR
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
pcntl_async_signals(true);
$main = getmypid();
$handled = 0;
foreach (['with restart' => true, 'without restart' => false] as $how => $restart) {
    pcntl_signal(SIGUSR1, function () use (&$handled) {
        $handled++;
    }, $restart);
    $p = new Process(function (Process $p) use ($main) {
        until_asleep($main);
        posix_kill($main, SIGUSR1);
        until_asleep($main);
        $p->read();
        exit(5);
    });
    $restart && $p->write('end');
    $p->start();
    $handled = 0;
    $end = Process::wait();
    echo "$how: ", ending($end), ", handled $handled times", $end === false ? ', ' . swoole_strerror(swoole_errno()) : '', "\n";
    if ($end === false) {
        $p->write('end');
        echo ending(Process::wait()), "\n";
    }
}
swoole_clear_error();
var_dump(Process::wait(), swoole_strerror(swoole_errno()), Process::wait(false), swoole_strerror(swoole_last_error()));
?>
--EXPECT--
with restart: code 5, handled 1 times
without restart: no child, handled 1 times, Interrupted system call
code 5
bool(false)
string(18) "No child processes"
bool(false)
string(18) "No child processes"
