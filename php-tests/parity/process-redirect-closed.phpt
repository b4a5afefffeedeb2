--TEST--
a redirected child whose parent has closed the pipe: its input ends; an echo ends it with 255, without a signal, unless it ignores that.
--FILE--
<?php
// Pins: a redirected child whose parent has closed the pipe: its input ends; an echo ends it with 255, without a signal, unless it ignores that.
// Status: accidental (it is PHP's own way with a lost connection), but relied on.
use Swoole\Process;
foreach ([false, true] as $ignore) {
    $log = tempnam(sys_get_temp_dir(), 'log');
    $p = new Process(function (Process $p) use ($log, $ignore) {
        ignore_user_abort($ignore);
        $p->close(Process::PIPE_MASTER);
        file_put_contents($log, 'input ' . json_encode(fgets(STDIN)) . "\n");
        register_shutdown_function(fn () => file_put_contents($log, "shutdown function\n", FILE_APPEND));
        echo "nobody reads this\n";
        file_put_contents($log, "the child goes on\n", FILE_APPEND);
        exit(6);
    }, true);
    $p->start();
    var_dump($p->close());
    $r = Process::wait();
    echo file_get_contents($log), "code={$r['code']} signal={$r['signal']}\n";
    unlink($log);
}
--EXPECT--
bool(true)
input false
shutdown function
code=255 signal=0
bool(true)
input false
the child goes on
shutdown function
code=6 signal=0
