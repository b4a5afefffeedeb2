--TEST--
handlers of pcntl_signal(): they start and wake coroutines, wait, and start children that get signals
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\{Coroutine, Event, Process};
use Swoole\Coroutine\{Channel, System};
use function Swoole\Coroutine\{go, run};

pcntl_async_signals(true);
/** Runs $f in a handler, now. */
function handle(Closure $f): void
{
    pcntl_signal(SIGUSR1, $f);
    posix_kill(getmypid(), SIGUSR1);
}

echo "without a loop\n";
handle(fn () => go(function () {
    echo "started\n";
    Coroutine::sleep(0.001);
    echo "slept\n";
}));
echo "after\n";
Event::wait();

echo "in a coroutine\n";
run(function () {
    $channel = new Channel(1);
    go(fn () => print("popped {$channel->pop()}\n"));
    $yields = go(function () {
        Coroutine::yield();
        echo "resumed\n";
    });
    $sleeps = go(function () {
        Coroutine::sleep(5);
        echo 'cancelled ', json_encode(Coroutine::isCanceled()), "\n";
    });
    handle(function () use ($channel, $yields, $sleeps) {
        $channel->push('value');
        Coroutine::resume($yields);
        Coroutine::cancel($sleeps);
    });
    go(function () {
        handle(function () {
            Coroutine::sleep(0.002);
            echo "the handler has slept\n";
        });
        echo "after the handler\n";
    });
    echo 'others run ', (new Fiber(fn () => Fiber::suspend('and suspend')))->start(), "\n";
});

echo "while a handler waits\n";
run(function () {
    pcntl_signal(SIGUSR2, fn () => print("SIGUSR2 of PHP comes when it has come back\n"));
    $woken = new Channel(1);
    go(fn () => handle(function () use ($woken) {
        $woken->push(1);
        echo 'ours comes at once: ', System::waitSignal(SIGINT, 5) === SIGINT ? 'SIGINT' : 'none', "\n";
        $command = System::exec('kill -TERM $$; echo survived');
        echo "a command is ended by ", $command['signal'] === SIGTERM ? 'SIGTERM' : 'none', "\n";
    }));
    $woken->pop();
    posix_kill(getmypid(), SIGUSR2);
    posix_kill(getmypid(), SIGINT);
});
pcntl_signal(SIGUSR2, SIG_DFL);

echo "a child\n";
$child = null;
handle(function () use (&$child) {
    $child = new Process(function (Process $child) {
        $child->write('up');
        sleep(30);
    });
    $child->start();
});
$child->read();
Process::kill($child->pid, SIGTERM);
echo 'ended by ', Process::wait()['signal'] === SIGTERM ? 'SIGTERM' : 'none', "\n";
// The script's own mask is as it was.
pcntl_sigprocmask(SIG_BLOCK, [SIGTTIN], $mask);
echo json_encode($mask), "\n";
?>
--EXPECT--
without a loop
started
after
slept
in a coroutine
popped value
resumed
cancelled true
others run and suspend
the handler has slept
after the handler
while a handler waits
ours comes at once: SIGINT
a command is ended by SIGTERM
SIGUSR2 of PHP comes when it has come back
a child
ended by SIGTERM
[]
