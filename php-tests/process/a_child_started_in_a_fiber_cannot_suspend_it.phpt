--TEST--
a child that is started inside of a Fiber, by whatever class, is in no Fiber: it cannot suspend its parent's, nor go on with its parent's code
--FILE--
<?php
use Swoole\{Coroutine, Event, Process, Timer};
use Swoole\Process\{Manager, Pool};
require __DIR__ . '/../support.inc';
swoole_async_set(['log_level' => SWOOLE_LOG_NONE]);
define('MAIN', getmypid());

/** Runs `$body` inside of Fibers, `$depth` of them, the innermost in a generator: what comes back is the parent's. */
function inside(int $depth, callable $body): void
{
    $run = function () use ($body) {
        $generator = (function () use ($body) {
            try {
                yield $body();
            } finally {
                getmypid() === MAIN || print("not reached: the parent's finally\n");
            }
        })();
        foreach ($generator as $value) {
        }
    };
    for ($i = 0; $i < $depth; $i++) {
        $in = $run;
        $run = function () use ($in) {
            $fiber = new Fiber($in);
            $fiber->start();
            getmypid() === MAIN || print("not reached: the parent's code\n");
        };
    }
    $run();
    getmypid() === MAIN || print("not reached: the parent's code\n");
}

/** Tries to suspend the Fiber around it. */
function suspend(): void
{
    try {
        Fiber::suspend('to the parent');
    } catch (FiberError $e) {
        echo '  ', $e->getMessage(), ', current: ', json_encode(Fiber::getCurrent()), "\n";
    }
}

$callbacks = [
    'suspends' => fn () => suspend(),
    'lets the error through' => fn () => Fiber::suspend(),
    'has Fibers of its own' => function () {
        $fiber = new Fiber(function () {
            $inner = new Fiber(fn () => Fiber::suspend(1));
            Fiber::suspend($inner->start() + 1);
            return 3;
        });
        echo '  ', $fiber->start(), ' ', $fiber->resume(), $fiber->getReturn(), "\n";
        suspend();
    },
    'has a loop' => function () {
        Timer::after(1, function () {
            (new Fiber(fn () => Coroutine::sleep(0.001)))->start();
            suspend();
        });
        Event::wait();
    },
    'has a loop without coroutines' => function () {
        swoole_async_set(['enable_coroutine' => false]);
        Timer::after(1, fn () => suspend());
        Event::wait();
    },
    'has a child' => function () {
        $child = new Process(fn () => suspend(), false, 0);
        (new Fiber(fn () => $child->start()))->start();
        $end = Process::wait();
        echo '  ', ending($end), "\n";
    },
    'has shutdown functions' => function () {
        register_shutdown_function(fn () => suspend());
    },
];
ini_set('display_errors', '0');
foreach ([false, true] as $coroutine) {
    foreach ($callbacks as $name => $callback) {
        if ($coroutine && in_array($name, ['has a loop', 'has a loop without coroutines', 'has a child'], true)) {
            continue;
        }
        foreach ([1, 2, 4] as $depth) {
            echo $coroutine ? 'coroutine that ' : 'callback that ', "$name, depth $depth\n";
            inside($depth, fn () => (new Process($callback, false, 0, $coroutine))->start());
            echo ending(Process::wait()), "\n";
        }
    }
}

echo "pool\n";
$pool = new Pool(1);
$pool->on('WorkerStart', fn () => suspend());
$pool->on('WorkerStop', function (Pool $pool) {
    suspend();
    $pool->shutdown();
});
inside(2, fn () => $pool->start());
echo "pool of coroutines\n";
$pool = new Pool(1, SWOOLE_IPC_NONE, 0, true);
$pool->on('WorkerStart', function (Pool $pool) {
    suspend();
    $pool->shutdown();
});
inside(2, fn () => $pool->start());
foreach ([false, true] as $coroutine) {
    echo "manager\n";
    $manager = new Manager();
    $manager->add(function (Pool $pool) {
        suspend();
        $pool->shutdown();
    }, $coroutine);
    inside(2, fn () => $manager->start());
}

// What daemon() leaves behind goes on with the program, in the Fiber that it was called in.
echo "daemon\n";
$child = new Process(function () {
    $fiber = new Fiber(function () {
        Process::daemon(true, true);
        Fiber::suspend('  suspended by the daemon');
        echo "  resumed by the daemon\n";
    });
    echo $fiber->start(), "\n";
    $fiber->resume();
}, false, 0);
[$end, $held] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$child->start();
fclose($held);
Process::wait();
// Until the daemon has ended, too.
stream_get_contents($end);
echo "end\n";
?>
--EXPECT--
callback that suspends, depth 1
  Cannot suspend outside of a fiber, current: null
code 0
callback that suspends, depth 2
  Cannot suspend outside of a fiber, current: null
code 0
callback that suspends, depth 4
  Cannot suspend outside of a fiber, current: null
code 0
callback that lets the error through, depth 1
code 255
callback that lets the error through, depth 2
code 255
callback that lets the error through, depth 4
code 255
callback that has Fibers of its own, depth 1
  2 3
  Cannot suspend outside of a fiber, current: null
code 0
callback that has Fibers of its own, depth 2
  2 3
  Cannot suspend outside of a fiber, current: null
code 0
callback that has Fibers of its own, depth 4
  2 3
  Cannot suspend outside of a fiber, current: null
code 0
callback that has a loop, depth 1
  Cannot suspend outside of a fiber, current: null
code 0
callback that has a loop, depth 2
  Cannot suspend outside of a fiber, current: null
code 0
callback that has a loop, depth 4
  Cannot suspend outside of a fiber, current: null
code 0
callback that has a loop without coroutines, depth 1
  Cannot suspend outside of a fiber, current: null
code 0
callback that has a loop without coroutines, depth 2
  Cannot suspend outside of a fiber, current: null
code 0
callback that has a loop without coroutines, depth 4
  Cannot suspend outside of a fiber, current: null
code 0
callback that has a child, depth 1
  Cannot suspend outside of a fiber, current: null
  code 0
code 0
callback that has a child, depth 2
  Cannot suspend outside of a fiber, current: null
  code 0
code 0
callback that has a child, depth 4
  Cannot suspend outside of a fiber, current: null
  code 0
code 0
callback that has shutdown functions, depth 1
  Cannot suspend outside of a fiber, current: null
code 0
callback that has shutdown functions, depth 2
  Cannot suspend outside of a fiber, current: null
code 0
callback that has shutdown functions, depth 4
  Cannot suspend outside of a fiber, current: null
code 0
coroutine that suspends, depth 1
  Cannot suspend outside of a fiber, current: null
code 0
coroutine that suspends, depth 2
  Cannot suspend outside of a fiber, current: null
code 0
coroutine that suspends, depth 4
  Cannot suspend outside of a fiber, current: null
code 0
coroutine that lets the error through, depth 1
code 255
coroutine that lets the error through, depth 2
code 255
coroutine that lets the error through, depth 4
code 255
coroutine that has Fibers of its own, depth 1
  2 3
  Cannot suspend outside of a fiber, current: null
code 0
coroutine that has Fibers of its own, depth 2
  2 3
  Cannot suspend outside of a fiber, current: null
code 0
coroutine that has Fibers of its own, depth 4
  2 3
  Cannot suspend outside of a fiber, current: null
code 0
coroutine that has shutdown functions, depth 1
  Cannot suspend outside of a fiber, current: null
code 0
coroutine that has shutdown functions, depth 2
  Cannot suspend outside of a fiber, current: null
code 0
coroutine that has shutdown functions, depth 4
  Cannot suspend outside of a fiber, current: null
code 0
pool
  Cannot suspend outside of a fiber, current: null
  Cannot suspend outside of a fiber, current: null
pool of coroutines
  Cannot suspend outside of a fiber, current: null
manager
  Cannot suspend outside of a fiber, current: null
manager
  Cannot suspend outside of a fiber, current: null
daemon
  suspended by the daemon
  resumed by the daemon
end
