--TEST--
destructors wait, start and wake others; Fibers are possible meanwhile, but not in the destructor where PHP forbids it
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\{Channel, WaitGroup};
use function Swoole\Coroutine\{go, run};

final class AtEnd
{
    public function __construct(private Closure $f)
    {
    }

    public function __destruct()
    {
        ($this->f)();
    }
}

echo "two wait at a time\n";
run(function () {
    foreach (['a', 'b'] as $name) {
        go(function () use ($name) {
            $x = new AtEnd(function () use ($name) {
                Coroutine::sleep(0.002);
                echo "$name destroyed\n";
            });
            $x = null;
            echo "$name goes on\n";
        });
    }
    $fiber = new Fiber(fn () => print(Fiber::suspend('suspended') . "\n"));
    echo $fiber->start(), "\n";
    $fiber->resume('resumed');
});

echo "the engine's counter is where it was\n";
run(function () {
    $try = function () {
        try {
            (new Fiber(fn () => Fiber::suspend()))->start();
            return 'a Fiber suspends';
        } catch (FiberError) {
            return 'no Fiber suspends';
        }
    };
    $results = [$try()];
    $x = new AtEnd(function () use ($try, &$results) {
        $results[] = $try();
        Coroutine::sleep(0.001);
        $results[] = $try();
    });
    $x = null;
    $results[] = $try();
    // Only before PHP 8.4 Fibers are forbidden in destructors.
    $within = PHP_VERSION_ID < 80400 ? 'no Fiber suspends' : 'a Fiber suspends';
    var_dump($results === ['a Fiber suspends', $within, $within, 'a Fiber suspends']);
});

echo "an exception waits until it is destroyed\n";
run(function () {
    go(function () {
        try {
            (function () {
                $x = new AtEnd(fn () => Coroutine::sleep(0.001));
                throw new LogicException('first');
            })();
        } catch (LogicException $e) {
            echo $e->getMessage(), "\n";
        }
    });
    try {
        throw new RuntimeException('second');
    } catch (RuntimeException $e) {
        echo $e->getMessage(), ' ', json_encode($e->getPrevious()), "\n";
    }
});

echo "preempted\n";
Coroutine::set(['enable_preemptive_scheduler' => true]);
$others_run = false;
run(function () {
    go(function () {
        $x = new AtEnd(function () {
            while (!$GLOBALS['others_run']);
            echo "destroyed\n";
        });
        $x = null;
    });
    echo "preempted before the end\n";
    $GLOBALS['others_run'] = true;
});
Coroutine::set(['enable_preemptive_scheduler' => false]);

echo "from the main program, of the end of a coroutine, of all the rest\n";
$x = new AtEnd(fn () => go(function () {
    echo "started\n";
    Coroutine::sleep(0.001);
    echo "slept\n";
}));
$x = null;
Swoole\Event::wait();
run(function () {
    $group = new WaitGroup(1);
    go(function (AtEnd $x) {
    }, new AtEnd(function () use ($group) {
        Coroutine::sleep(0.001);
        $group->done();
    }));
    var_dump($group->wait(1));
});
?>
--EXPECT--
two wait at a time
suspended
resumed
a destroyed
a goes on
b destroyed
b goes on
the engine's counter is where it was
bool(true)
an exception waits until it is destroyed
second null
first
preempted
preempted before the end
destroyed
from the main program, of the end of a coroutine, of all the rest
started
slept
bool(true)
