--TEST--
a child starts with the signal mask, the pcntl handlers and the ignored signals of its parent, and no pending signal
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
pcntl_async_signals(true);
pcntl_signal(SIGUSR1, fn () => print((getmypid() === $GLOBALS['main'] ? 'parent' : 'child') . ": handler\n"));
pcntl_signal(SIGHUP, SIG_IGN);
pcntl_sigprocmask(SIG_BLOCK, [SIGUSR2, SIGWINCH]);
$main = getmypid();
posix_kill($main, SIGUSR2);
$p = new Process(function () {
    pcntl_sigprocmask(SIG_BLOCK, [SIGWINCH], $mask);
    sort($mask);
    echo 'child: blocked: ', json_encode($mask === [SIGUSR2, SIGWINCH]), "\n";
    posix_kill(getmypid(), SIGUSR1);
    posix_kill(getmypid(), SIGHUP);
    pcntl_signal(SIGUSR2, fn () => print("child: a signal of the parent\n"));
    pcntl_sigprocmask(SIG_UNBLOCK, [SIGUSR2]);
    echo "child: nothing was pending\n";
    pcntl_signal(SIGUSR1, SIG_DFL);
    posix_kill(getmypid(), SIGUSR1);
}, false, 0);
$p->start();
echo ending(Process::wait()), "\n";
pcntl_sigprocmask(SIG_BLOCK, [SIGWINCH], $mask);
sort($mask);
var_dump($mask === [SIGUSR2, SIGWINCH]);
posix_kill($main, SIGUSR1);
pcntl_signal(SIGUSR2, fn () => print("parent: its own signal\n"));
pcntl_sigprocmask(SIG_UNBLOCK, [SIGUSR2]);
?>
--EXPECT--
child: blocked: true
child: handler
child: nothing was pending
signal 10
bool(true)
parent: handler
parent: its own signal
