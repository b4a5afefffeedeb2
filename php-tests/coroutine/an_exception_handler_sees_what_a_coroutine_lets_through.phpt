--TEST--
Coroutine: the exception handler sees what a coroutine lets through; then the script ends with 255
--EXTENSIONS--
posix
--INI--
display_errors=0
log_errors=0
--FILE--
<?php
use Swoole\{Coroutine, Event, Process, Timer};
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\{batch, defer, go, run};
require __DIR__ . '/../support.inc';

$fail = fn () => throw new DomainException('nobody catches it');
$ways = [
    'go' => fn () => go($fail),
    'in the middle of others' => fn () => go(function () use ($fail) {
        $channel = new Channel(1);
        go(function () use ($channel, $fail) {
            $channel->pop();
            $fail();
        });
        try {
            $channel->push(1);
            echo "  not reached\n";
        } finally {
            echo "  not reached: finally\n";
        }
    }),
    'run' => fn () => run($fail),
    'after a wait' => fn () => go(function () use ($fail) {
        Coroutine::sleep(0.001);
        $fail();
    }),
    'deferred call' => fn () => go(function () use ($fail) {
        defer(fn () => print("  another deferred call\n"));
        defer($fail);
        defer(fn () => print("  a deferred call\n"));
    }),
    'destructor' => fn () => go(function () use ($fail) {
        $held = new class ($fail) {
            public function __construct(private Closure $fail)
            {
            }

            public function __destruct()
            {
                ($this->fail)();
            }
        };
        return $held;
    }),
    'timer' => fn () => Timer::after(1, $fail),
    'Event::defer' => fn () => Event::defer($fail),
    'descriptor' => function () use ($fail) {
        global $pair;
        $pair = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        Event::add($pair[0], $fail);
        fwrite($pair[1], 'x');
    },
    'signal' => function () use ($fail) {
        Process::signal(SIGUSR1, $fail);
        Timer::after(1, fn () => posix_kill(posix_getpid(), SIGUSR1));
    },
    'shutdown function' => fn () => register_shutdown_function(fn () => go($fail)),
];
$handlers = [
    'returns' => fn () => null,
    'waits' => fn () => Coroutine::sleep(0.001),
    'throws' => fn () => throw new LogicException('from the handler'),
    'exits' => fn () => exit(3),
    'has a fatal error' => fn () => str_repeat('x', 1 << 40),
];
foreach ($ways as $name => $way) {
    foreach ($handlers as $how => $handle) {
        if ($how !== 'returns' && $name !== 'go' && $name !== 'timer') {
            continue;
        }
        foreach ([false, true] as $coroutine) {
            if ($coroutine && in_array($name, ['run', 'shutdown function'], true)) {
                continue;
            }
            echo "$name, the handler $how", $coroutine ? ', in the coroutine of a child' : '', "\n";
            $in_script = $name !== 'shutdown function';
            $child = new Process(function () use ($way, $handle, $in_script) {
                register_shutdown_function(fn () => print("  shutdown function\n"));
                set_exception_handler(function (Throwable $e) use ($handle) {
                    echo '  ', get_class($e), ": {$e->getMessage()}\n";
                    $handle();
                });
                $in_script && go(function () {
                    defer(fn () => print("  not reached: deferred call of one that sleeps\n"));
                    Coroutine::sleep(100);
                    echo "  not reached: one that sleeps\n";
                });
                $way();
                $in_script && Coroutine::getCid() === -1 && Event::wait();
            }, false, 0, $coroutine);
            $child->start();
            $end = Process::wait();
            echo ending($end), "\n";
        }
    }
}
?>
--EXPECT--
go, the handler returns
  DomainException: nobody catches it
  shutdown function
code 255
go, the handler returns, in the coroutine of a child
  DomainException: nobody catches it
  shutdown function
code 255
go, the handler waits
  DomainException: nobody catches it
  shutdown function
code 255
go, the handler waits, in the coroutine of a child
  DomainException: nobody catches it
  shutdown function
code 255
go, the handler throws
  DomainException: nobody catches it
  shutdown function
code 255
go, the handler throws, in the coroutine of a child
  DomainException: nobody catches it
  shutdown function
code 255
go, the handler exits
  DomainException: nobody catches it
  shutdown function
code 255
go, the handler exits, in the coroutine of a child
  DomainException: nobody catches it
  shutdown function
code 255
go, the handler has a fatal error
  DomainException: nobody catches it
  shutdown function
code 255
go, the handler has a fatal error, in the coroutine of a child
  DomainException: nobody catches it
  shutdown function
code 255
in the middle of others, the handler returns
  DomainException: nobody catches it
  shutdown function
code 255
in the middle of others, the handler returns, in the coroutine of a child
  DomainException: nobody catches it
  shutdown function
code 255
run, the handler returns
  DomainException: nobody catches it
  shutdown function
code 255
after a wait, the handler returns
  DomainException: nobody catches it
  shutdown function
code 255
after a wait, the handler returns, in the coroutine of a child
  DomainException: nobody catches it
  shutdown function
code 255
deferred call, the handler returns
  a deferred call
  DomainException: nobody catches it
  another deferred call
  shutdown function
code 255
deferred call, the handler returns, in the coroutine of a child
  a deferred call
  DomainException: nobody catches it
  another deferred call
  shutdown function
code 255
destructor, the handler returns
  DomainException: nobody catches it
  shutdown function
code 255
destructor, the handler returns, in the coroutine of a child
  DomainException: nobody catches it
  shutdown function
code 255
timer, the handler returns
  DomainException: nobody catches it
  shutdown function
code 255
timer, the handler returns, in the coroutine of a child
  DomainException: nobody catches it
  shutdown function
code 255
timer, the handler waits
  DomainException: nobody catches it
  shutdown function
code 255
timer, the handler waits, in the coroutine of a child
  DomainException: nobody catches it
  shutdown function
code 255
timer, the handler throws
  DomainException: nobody catches it
  shutdown function
code 255
timer, the handler throws, in the coroutine of a child
  DomainException: nobody catches it
  shutdown function
code 255
timer, the handler exits
  DomainException: nobody catches it
  shutdown function
code 255
timer, the handler exits, in the coroutine of a child
  DomainException: nobody catches it
  shutdown function
code 255
timer, the handler has a fatal error
  DomainException: nobody catches it
  shutdown function
code 255
timer, the handler has a fatal error, in the coroutine of a child
  DomainException: nobody catches it
  shutdown function
code 255
Event::defer, the handler returns
  DomainException: nobody catches it
  shutdown function
code 255
Event::defer, the handler returns, in the coroutine of a child
  DomainException: nobody catches it
  shutdown function
code 255
descriptor, the handler returns
  DomainException: nobody catches it
  shutdown function
code 255
descriptor, the handler returns, in the coroutine of a child
  DomainException: nobody catches it
  shutdown function
code 255
signal, the handler returns
  DomainException: nobody catches it
  shutdown function
code 255
signal, the handler returns, in the coroutine of a child
  DomainException: nobody catches it
  shutdown function
code 255
shutdown function, the handler returns
  shutdown function
  DomainException: nobody catches it
code 255
