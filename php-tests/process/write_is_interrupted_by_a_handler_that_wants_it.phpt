--TEST--
a pcntl handler without restart ends write(): with a warning, EINTR and false when nothing was sent, else with what was sent
--INI--
swoole.socket_buffer_size=8192
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
pcntl_signal(SIGUSR1, function () use (&$handled) {
    $handled++;
}, false);
foreach (TYPES as $name => $type) {
    foreach (['full' => true, 'empty' => false] as $state => $full) {
        if (!$full && $type === SOCK_DGRAM) {
            continue;
        }
        $handled = 0;
        $p = new Process(function (Process $p) {
            sleep(60);
        }, false, $type);
        $p->start();
        $p->setTimeout(0.01);
        while ($full && @$p->write(str_repeat('x', 512)) !== false);
        $p->setTimeout(8);
        $killer = new Process(function () use ($main) {
            until_asleep($main);
            posix_kill($main, SIGUSR1);
        }, false, 0);
        $killer->start();
        error_clear_last();
        $start = hrtime(true);
        $sent = @$p->write(str_repeat('x', $type === SOCK_DGRAM ? 512 : 1000000));
        echo "$name, $state: ", $sent > 0 && $sent < 1000000 ? 'a part' : json_encode($sent), ', handled ', $handled, ', ',
            error_get_last()['message'] ?? 'no warning',
            hrtime(true) - $start < 5e9 ? '' : ', at the time limit only', "\n";
        Process::kill($p->pid, SIGKILL);
        Process::wait();
        Process::wait();
    }
}
?>
--EXPECT--
stream, full: false, handled 1, Swoole\Process::write(): write() failed, Error: Interrupted system call[4]
stream, empty: a part, handled 1, no warning
message, full: false, handled 1, Swoole\Process::write(): write() failed, Error: Interrupted system call[4]
