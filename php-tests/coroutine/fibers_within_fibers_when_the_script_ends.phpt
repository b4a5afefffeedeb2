--TEST--
Coroutine: waits in Fibers within Fibers and generators are released when the script ends, without their finally blocks
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\{Coroutine, Process};
require __DIR__ . '/../support.inc';
Coroutine::set(['enable_deadlock_check' => false]);

final class Noted
{
    public function __construct(public string $name)
    {
    }

    public function __destruct()
    {
        echo "$this->name is destroyed in the ", getmypid() === MAIN ? 'parent' : 'child', "\n";
    }
}

define('MAIN', getmypid());

/** Runs `$body` inside of a Fiber. */
function in_fiber(callable $body): void
{
    $fiber = new Fiber(function () use ($body) {
        try {
            $body();
        } finally {
            echo "not reached: finally of a Fiber\n";
        }
    });
    $fiber->start();
    echo "not reached: the Fiber gave way\n";
}

/** Runs `$body` inside of a generator. */
function in_generator(callable $body): void
{
    $generator = (function () use ($body) {
        try {
            yield $body();
        } finally {
            echo "not reached: finally of a generator\n";
        }
    })();
    foreach ($generator as $value) {
    }
}

$wait = fn () => Coroutine::yield();
$around = fn (string ...$layers) => array_reduce($layers, fn ($in, $layer) => fn () => $layer($in), $wait);
$shapes = [
    $around('in_fiber'),
    $around('in_fiber', 'in_fiber'),
    $around('in_fiber', 'in_fiber', 'in_fiber', 'in_fiber'),
    $around('in_generator', 'in_fiber', 'in_generator', 'in_fiber'),
    $around('in_fiber', 'in_generator', 'in_fiber', 'in_generator'),
];
foreach ($shapes as $number => $shape) {
    Coroutine::create(function () use ($number, $shape) {
        $noted = new Noted("object $number");
        $shape();
    });
}

// Fibers that the script has suspended are its own to end, whatever waits inside of others.
$suspended = new Fiber(function () {
    $inner = new Fiber(function () {
        try {
            Fiber::suspend();
        } finally {
            // As with any fork, the child ends its copy as well.
            echo getmypid() === MAIN ? "finally of a suspended Fiber\n" : '';
        }
    });
    $inner->start();
    Fiber::suspend($inner);
});
$suspended->start();

// One that goes on in Fibers within Fibers, and suspends them, after it has waited there.
Coroutine::create(function () {
    $outer = new Fiber(function () {
        $inner = new Fiber(function () {
            Coroutine::yield();
            echo "goes on in the inner Fiber\n";
            Fiber::suspend();
            Coroutine::yield();
            echo "ends\n";
        });
        $inner->start();
        echo 'the inner one is suspended: ', json_encode($inner->isSuspended()), "\n";
        Fiber::suspend();
        $inner->resume();
    });
    $outer->start();
    echo 'the outer one is suspended: ', json_encode($outer->isSuspended()), "\n";
    $outer->resume();
    echo 'both have ended: ', json_encode($outer->isTerminated()), "\n";
});
Coroutine::resume(6);
Coroutine::resume(6);

echo "a child of start()\n";
$process = new Process(fn () => print("callback\n"), false, 0);
$process->start();
echo ending(Process::wait()), "\na child of pcntl_fork()\n";
if (pcntl_fork() === 0) {
    exit(3);
}
echo ending(Process::wait()), "\nend of the script\n";
?>
--EXPECT--
goes on in the inner Fiber
the inner one is suspended: true
the outer one is suspended: true
ends
both have ended: true
a child of start()
callback
object 0 is destroyed in the child
object 1 is destroyed in the child
object 2 is destroyed in the child
object 3 is destroyed in the child
object 4 is destroyed in the child
code 0
a child of pcntl_fork()
object 0 is destroyed in the child
object 1 is destroyed in the child
object 2 is destroyed in the child
object 3 is destroyed in the child
object 4 is destroyed in the child
code 3
end of the script
finally of a suspended Fiber
object 0 is destroyed in the parent
object 1 is destroyed in the parent
object 2 is destroyed in the parent
object 3 is destroyed in the parent
object 4 is destroyed in the parent
