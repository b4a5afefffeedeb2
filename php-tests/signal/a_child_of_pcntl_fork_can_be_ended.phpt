--TEST--
a child of pcntl_fork() that never comes back to the toolkit does not swallow the signals that its parent handles
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\{Event, Process, Timer};
Process::signal(SIGTERM, fn () => print("the parent's handler\n"));
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$pid = pcntl_fork();
if ($pid === 0) {
    fwrite($b, 'ready');
    sleep(60);
    exit(1);
}
fread($a, 10);
posix_kill($pid, SIGTERM);
pcntl_waitpid($pid, $status);
var_dump(pcntl_wifsignaled($status) && pcntl_wtermsig($status) === SIGTERM);
posix_kill(getmypid(), SIGTERM);
Timer::after(10, fn () => null);
Event::wait();
?>
--EXPECT--
bool(true)
the parent's handler
