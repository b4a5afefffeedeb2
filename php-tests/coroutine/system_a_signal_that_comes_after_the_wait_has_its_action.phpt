--TEST--
System::waitSignal(): a signal that comes after the wait, and that no coroutine waits for again, does what it did before
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\System;
use Swoole\Process;
use function Swoole\Coroutine\{go, run};

require __DIR__ . '/../support.inc';

/** Runs $body as a coroutine of a child; how the child ends. */
function child(string $what, Closure $body): void
{
    $child = new Process(function () use ($body): void {
        run($body);
        echo 'the end, ';
    });
    $child->start();
    $end = ending(Process::wait());
    echo "$what: $end\n";
}
$raise = fn () => posix_kill(getmypid(), SIGTERM);
child('sent to itself', function () use ($raise) {
    go(function () use ($raise) {
        System::waitSignal(SIGTERM);
        $raise();
        Coroutine::sleep(1000);
    });
    $raise();
});
child('sent when the loop ends', function () use ($raise) {
    go(function () use ($raise) {
        System::waitSignal(SIGTERM);
        $raise();
    });
    $raise();
});
child('after a time limit', function () use ($raise) {
    System::waitSignal(SIGTERM, 0.001);
    $raise();
    Coroutine::sleep(1000);
});
child('after a wait that was cancelled', function () use ($raise) {
    $waits = go(fn () => System::waitSignal(SIGTERM));
    Coroutine::cancel($waits);
    $raise();
    Coroutine::sleep(1000);
});
child('while another signal is handled', function () use ($raise) {
    go(fn () => System::waitSignal(SIGTERM, 0.001));
    System::waitSignal(SIGUSR1, 0.002);
    $raise();
    Coroutine::sleep(1000);
});
child('waited for again', function () use ($raise) {
    go(function () use ($raise) {
        System::waitSignal(SIGTERM);
        $raise();
        echo System::waitSignal(SIGTERM), ' ';
    });
    $raise();
});
child('with a handler of pcntl', function () use ($raise) {
    pcntl_async_signals(true);
    pcntl_signal(SIGTERM, function () {
        echo 'handler ';
    });
    go(function () use ($raise) {
        System::waitSignal(SIGTERM);
        $raise();
        Coroutine::sleep(0.001);
    });
    $raise();
});
child('ignored', function () use ($raise) {
    pcntl_signal(SIGTERM, SIG_IGN);
    go(function () use ($raise) {
        System::waitSignal(SIGTERM);
        $raise();
        Coroutine::sleep(0.001);
    });
    $raise();
});
?>
--EXPECT--
sent to itself: signal 15
sent when the loop ends: signal 15
after a time limit: signal 15
after a wait that was cancelled: signal 15
while another signal is handled: signal 15
15 the end, waited for again: code 0
handler the end, with a handler of pcntl: code 0
the end, ignored: code 0
