--TEST--
wait() runs a handler with restart and goes on; one without restart ends it with false and EINTR
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
echo "a handler with restart runs while wait() waits, and may end it\n";
pcntl_signal(SIGUSR1, fn () => throw new Exception('enough'));
$p = new Process(function (Process $p) use ($main) {
    posix_kill($main, SIGUSR1);
    $p->read();
});
$p->start();
try {
    Process::wait();
} catch (Exception $e) {
    echo $e->getMessage(), "\n";
}
$p->write('end');
echo ending(Process::wait()), "\n";
swoole_clear_error();
var_dump(Process::wait(), swoole_strerror(swoole_errno()), Process::wait(false), swoole_strerror(swoole_last_error()));
?>
--EXPECT--
with restart: code 5, handled 1 times
without restart: no child, handled 1 times, Interrupted system call
code 5
a handler with restart runs while wait() waits, and may end it
enough
code 0
bool(false)
string(18) "No child processes"
bool(false)
string(18) "No child processes"
