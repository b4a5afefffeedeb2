--TEST--
Process::signal() and waitSignal() in the master refuse the signals of a running pool; with reload_signals off, SIGUSR1 and SIGUSR2 are for the script
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
require __DIR__ . '/support.inc';
use Swoole\Coroutine;
use Swoole\Coroutine\System;
use Swoole\Process;
use Swoole\Process\Pool;

$refused = function (int ...$signals): void {
    foreach ($signals as $signal) {
        echo json_encode([Process::signal($signal, fn () => print("handled\n")), Process::signal($signal, SIG_IGN)]), "\n";
    }
};
set_error_handler(fn (int $level, string $text) => print("$text\n"));
Process::signal(SIGUSR2, fn () => print("before the pool\n"));
$pool = new Pool(1);
$pool->on('Start', function (Pool $pool) use ($refused) {
    $refused(SIGUSR1, SIGTERM, SIGCHLD, SIGIO);
    var_dump(Process::signal(SIGUSR2, null));
    Coroutine::create(fn () => var_dump(System::waitSignal(SIGUSR1, 30)));
});
$starts = new Swoole\Atomic();
$pool->on('WorkerStart', function (Pool $pool) use ($starts) {
    if ($starts->add() === 1) {
        var_dump(Process::signal(SIGUSR1, SIG_IGN));
        posix_kill($pool->master_pid, SIGUSR1);
        sleep(60);
    }
    echo "reloaded\n";
    $pool->shutdown();
    sleep(60);
});
$pool->start();

echo "reload_signals off\n";
$pool = new Pool(1);
$pool->set(['reload_signals' => false]);
$pool->on('Start', function (Pool $pool) {
    var_dump(Process::signal(SIGUSR1, function () use ($pool) {
        echo "handled\n";
        $pool->shutdown();
    }));
});
$pool->on('WorkerStart', function (Pool $pool) {
    posix_kill($pool->master_pid, SIGUSR1);
    sleep(60);
});
$pool->start();
?>
--EXPECT--
Swoole\Process::signal(): signal [10] processor has been registered by the system
Swoole\Process::signal(): signal [10] processor has been registered by the system
[false,false]
Swoole\Process::signal(): signal [15] processor has been registered by the system
Swoole\Process::signal(): signal [15] processor has been registered by the system
[false,false]
Swoole\Process::signal(): signal [17] processor has been registered by the system
Swoole\Process::signal(): signal [17] processor has been registered by the system
[false,false]
Swoole\Process::signal(): signal [29] processor has been registered by the system
Swoole\Process::signal(): signal [29] processor has been registered by the system
[false,false]
Swoole\Process::signal(): signal [12] processor has been registered by the system
bool(false)
Swoole\Coroutine\System::waitSignal(): Unable to wait signal, async signal listener has been registered
bool(false)
bool(true)
reloaded
reload_signals off
bool(true)
handled
