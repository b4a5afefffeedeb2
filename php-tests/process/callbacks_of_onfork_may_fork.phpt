--TEST--
Process::onFork(): a callback that starts a process is not called for that fork, those of other registrations are; later forks call it again
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\{Atomic, Process};

function started(string $text = ''): void
{
    $process = new Process(fn (Process $process) => $process->write("$text\n"));
    $process->start();
    echo $process->read();
    while (@Process::wait());
}

foreach (['before', 'parent', 'child'] as $which) {
    $script = new Process(function () use ($which) {
        $callbacks = array_fill(0, 3, null);
        $callbacks[array_search($which, ['before', 'parent', 'child'])] = function () use ($which) {
            fwrite(STDOUT, "$which forks\n");
            started('a child of the callback');
        };
        Process::onFork(...$callbacks);
        $others = new Atomic();
        Process::onFork(child: fn () => $others->add());
        started('first');
        started('second');
        pcntl_fork() === 0 && Process::exitNow();
        pcntl_wait($status);
        echo 'calls of another registration: ', $others->get(), "\n";
    }, false, 0);
    $script->start();
    Process::wait();
}

// Both processes that come out of a callback go on with the fork that it precedes.
$script = new Process(function () {
    [$parents, $children] = [new Atomic(), new Atomic()];
    Process::onFork(function () {
        static $calls = 0;
        $calls++ === 0 && pcntl_fork();
    });
    Process::onFork(null, fn () => $parents->add(), fn () => $children->add());
    $script = getmypid();
    pcntl_fork();
    while (@Process::wait());
    getmypid() === $script || Process::exitNow();
    echo 'in parents: ', $parents->get(), ', in children: ', $children->get(), "\n";
}, false, 0);
$script->start();
Process::wait();

// The child of such a fork calls it for its own.
Process::onFork(function () {
    static $calls = 0;
    if ($calls++ === 0) {
        $process = new Process(function () {
            fwrite(STDOUT, "inner\n");
            started('of the inner one');
        }, false, 0);
        $process->start();
        Process::wait();
    } else {
        fwrite(STDOUT, "called again\n");
    }
});
started('outer');
?>
--EXPECT--
before forks
a child of the callback
first
before forks
a child of the callback
second
before forks
a child of the callback
calls of another registration: 6
parent forks
a child of the callback
first
parent forks
a child of the callback
second
parent forks
a child of the callback
calls of another registration: 6
child forks
a child of the callback
first
child forks
a child of the callback
second
child forks
a child of the callback
calls of another registration: 6
in parents: 3, in children: 3
inner
called again
of the inner one
outer
