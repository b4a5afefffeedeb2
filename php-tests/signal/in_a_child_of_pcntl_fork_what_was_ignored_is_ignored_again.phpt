--TEST--
in a child of pcntl_fork() a signal that was ignored before it was handled is ignored again; PHP itself ignores SIGPIPE
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
pcntl_signal(SIGUSR1, SIG_IGN);
foreach ([SIGPIPE, SIGUSR1, SIGUSR2] as $signal) {
    // The second handler must not be taken for what was before the first.
    Process::signal($signal, fn () => null);
    Process::signal($signal, fn () => null);
    $pid = pcntl_fork();
    if ($pid === 0) {
        posix_kill(getmypid(), $signal);
        exit(7);
    }
    pcntl_waitpid($pid, $status);
    echo pcntl_wifsignaled($status) ? 'signal ' . pcntl_wtermsig($status) : 'status ' . pcntl_wexitstatus($status), "\n";
}
?>
--EXPECT--
status 7
status 7
signal 12
