--TEST--
a time limit holds for the whole read() or write(), however often signal handlers interrupt it
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
$handled = 0;
pcntl_signal(SIGUSR1, function () use (&$handled) {
    $handled++;
});
$main = getmypid();
foreach (TYPES as $name => $type) {
    $p = new Process(function () use ($main) {
        // For ten seconds, or until it is killed.
        for ($n = 0; $n < 200; $n++) {
            usleep(50000);
            posix_kill($main, SIGUSR1);
        }
        sleep(60);
    }, false, $type);
    $p->setTimeout(0.02);
    while (@$p->write(str_repeat('x', 512)) !== false);
    $p->start();
    $p->setTimeout(0.3);
    foreach (['read' => fn () => $p->read(), 'write' => fn () => @$p->write(str_repeat('x', 512))] as $what => $call) {
        // On a busy machine the signals may come too late for one call, but not for each.
        for ($try = $handled = 0; $try < 20 && $handled < 2; $try++) {
            $handled = 0;
            $start = hrtime(true);
            $result = $call();
            $took = (hrtime(true) - $start) / 1e9;
        }
        echo "$name, $what(): ", json_encode($result), $took > 0.29 && $took < 4.0 ? ' in time' : " after $took s",
            $handled > 1 ? ', handled' : ', not handled', swoole_last_error() === SWOOLE_ERROR_SOCKET_POLL_TIMEOUT ? ', timed out' : '', "\n";
    }
    Process::kill($p->pid, SIGKILL);
    while (Process::wait() === false);
}
?>
--EXPECT--
stream, read(): false in time, handled, timed out
stream, write(): false in time, handled, timed out
message, read(): false in time, handled, timed out
message, write(): false in time, handled, timed out
