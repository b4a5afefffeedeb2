--TEST--
what keeps Event::wait() from returning: timers and watchers do; signal handlers, deferred and cycle functions, sleeping loops of others do not.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: what keeps Event::wait() from returning: timers and watchers do; signal handlers, deferred and cycle functions, sleeping loops of others do not.
// Status: documented in part.
use Swoole\{Process, Timer, Event, Coroutine};
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$cases = [
    'nothing' => fn () => null,
    'a timer' => fn () => Timer::after(60000, fn () => null),
    'a cleared timer' => fn () => Timer::clear(Timer::tick(60000, fn () => null)),
    'a watcher' => fn () => Event::add($a, fn () => null),
    'a removed watcher' => fn () => Event::add($a, fn () => null) && Event::del($a),
    'a signal handler' => fn () => Process::signal(SIGUSR1, fn () => null),
    'a deferred function' => fn () => Event::defer(fn () => null),
    'a cycle function' => fn () => Event::cycle(fn () => null),
    'a coroutine that sleeps' => fn () => go(fn () => Coroutine::sleep(60)),
    'a coroutine that waits for a signal' => fn () => go(fn () => Coroutine\System::waitSignal(SIGUSR1)),
];
foreach ($cases as $what => $f) {
    $p = new Process(function () use ($f) {
        $f();
        Event::wait();
        exit(1);
    }, false, 0);
    $p->start();
    for ($i = 0, $r = false; $i < 60 && !$r; $i++) {
        usleep(10000);
        $r = Process::wait(false);
    }
    echo "$what: ", $r ? "returns, code={$r['code']}" : 'waits', "\n";
    if (!$r) {
        Process::kill($p->pid, SIGKILL);
        Process::wait();
    }
}
--EXPECT--
nothing: returns, code=1
a timer: waits
a cleared timer: returns, code=1
a watcher: waits
a removed watcher: returns, code=1
a signal handler: returns, code=1
a deferred function: returns, code=1
a cycle function: returns, code=1
a coroutine that sleeps: waits
a coroutine that waits for a signal: waits
