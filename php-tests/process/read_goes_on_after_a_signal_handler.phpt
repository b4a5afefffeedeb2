--TEST--
a pcntl handler runs while read() waits, and read() goes on afterwards: with async signals at once
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
pcntl_async_signals(true);
foreach (TYPES as $name => $type) {
    foreach (['SIGUSR1' => SIGUSR1, 'SIGTERM' => SIGTERM, 'SIGCHLD' => SIGCHLD, 'SIGWINCH' => SIGWINCH] as $label => $signal) {
        $handled = 0;
        pcntl_signal($signal, function (int $number) use (&$handled, $signal, &$p) {
            $number === $signal && $handled++;
            // The child goes on when the handler has run, and only then.
            $p->write('handled');
        });
        $main = getmypid();
        $p = new Process(function (Process $p) use ($main, $signal) {
            foreach ([1, 2, 3] as $n) {
                until_asleep($main);
                posix_kill($main, $signal);
                $p->read();
            }
            $p->write('data');
            $p->read();
        }, false, $type);
        $p->start();
        echo "$name, $label: ", json_encode($p->read()), ", handled $handled times\n";
        pcntl_signal($signal, SIG_DFL);
        $p->write('end');
        Process::wait();
    }
}
?>
--EXPECT--
stream, SIGUSR1: "data", handled 3 times
stream, SIGTERM: "data", handled 3 times
stream, SIGCHLD: "data", handled 3 times
stream, SIGWINCH: "data", handled 3 times
message, SIGUSR1: "data", handled 3 times
message, SIGTERM: "data", handled 3 times
message, SIGCHLD: "data", handled 3 times
message, SIGWINCH: "data", handled 3 times
