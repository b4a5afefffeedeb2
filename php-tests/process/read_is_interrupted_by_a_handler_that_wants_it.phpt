--TEST--
a pcntl handler installed without restart ends read() with false and EINTR, after it has run; the pipe works on
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
pcntl_async_signals(true);
$main = getmypid();
foreach (TYPES as $name => $type) {
    foreach (['SIGUSR1' => SIGUSR1, 'SIGTERM' => SIGTERM, 'SIGWINCH' => SIGWINCH, 'SIGALRM' => SIGALRM] as $label => $signal) {
        $handled = 0;
        pcntl_signal($signal, function () use (&$handled) {
            $handled++;
        }, false);
        $p = new Process(function (Process $p) use ($main, $signal) {
            until_asleep($main);
            posix_kill($main, $signal);
            $p->read();
            $p->write('data');
        }, false, $type);
        $p->start();
        echo "$name, $label: ", json_encode($p->read()), ', ', swoole_strerror(swoole_errno()), ', ',
            swoole_strerror(swoole_last_error()), ", handled $handled times, ";
        $p->write('go on');
        echo $p->read(), "\n";
        pcntl_signal($signal, SIG_DFL);
        Process::wait();
    }
}
?>
--EXPECT--
stream, SIGUSR1: false, Interrupted system call, Interrupted system call, handled 1 times, data
stream, SIGTERM: false, Interrupted system call, Interrupted system call, handled 1 times, data
stream, SIGWINCH: false, Interrupted system call, Interrupted system call, handled 1 times, data
stream, SIGALRM: false, Interrupted system call, Interrupted system call, handled 1 times, data
message, SIGUSR1: false, Interrupted system call, Interrupted system call, handled 1 times, data
message, SIGTERM: false, Interrupted system call, Interrupted system call, handled 1 times, data
message, SIGWINCH: false, Interrupted system call, Interrupted system call, handled 1 times, data
message, SIGALRM: false, Interrupted system call, Interrupted system call, handled 1 times, data
