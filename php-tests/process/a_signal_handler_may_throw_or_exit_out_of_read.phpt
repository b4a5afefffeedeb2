--TEST--
a pcntl handler may throw or exit out of a read() that waits; a read after the exception gets what arrives
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
pcntl_async_signals(true);
pcntl_signal(SIGUSR1, function () {
    throw new RuntimeException('out of here');
});
foreach (TYPES as $name => $type) {
    $main = getmypid();
    $p = new Process(function (Process $p) use ($main) {
        until_asleep($main);
        posix_kill($main, SIGUSR1);
        $p->read();
        $p->write('data');
    }, false, $type);
    $p->start();
    try {
        var_dump($p->read());
    } catch (RuntimeException $e) {
        echo "$name: ", $e->getMessage(), ', ';
    }
    $p->write('go on');
    echo $p->read(), ', ', ending(Process::wait()), ', ';

    $p = new Process(function (Process $p) {
        pcntl_signal(SIGUSR1, fn () => exit(7));
        register_shutdown_function(fn () => print('shutdown function, '));
        $p->write('ready');
        $p->read();
        echo 'not reached';
    }, false, $type);
    $p->start();
    $p->read();
    until_asleep($p->pid);
    posix_kill($p->pid, SIGUSR1);
    echo ending(Process::wait()), "\n";
}
?>
--EXPECT--
stream: out of here, data, code 0, shutdown function, code 7
message: out of here, data, code 0, shutdown function, code 7
