--TEST--
Barrier: wait() ends when the last other holder lets go; each object is for one wait
--FILE--
<?php
use Swoole\{Coroutine, Timer};
use Swoole\Coroutine\Barrier;
use function Swoole\Coroutine\{run, go};

class Held
{
    public ?Barrier $barrier = null;
}

run(function () {
    $log = [];
    $barrier = Barrier::make();
    $held = new Held();
    $held->barrier = $barrier;
    Timer::after(1, function () use ($held, &$log) {
        $log[] = 'released';
        $held->barrier = null;
    });
    Barrier::wait($barrier);
    $log[] = 'woken';
    echo implode(', ', $log), ' ', json_encode($barrier), "\n";

    $barrier = Barrier::make();
    $other = $barrier;
    go(function () use (&$barrier) {
        Barrier::wait($barrier);
        echo "the first one was woken\n";
    });
    try {
        Barrier::wait($other);
    } catch (Swoole\Exception $e) {
        echo $e->getMessage(), ' ', $other::class, "\n";
        unset($e);
    }
    unset($other);
    Coroutine::sleep(0.001);

    // One that only a cycle holds.
    $barrier = Barrier::make();
    $cycle = new class {
        public $self;
        public $barrier;
    };
    $cycle->self = $cycle;
    $cycle->barrier = $barrier;
    unset($cycle);
    Timer::after(1, fn () => gc_collect_cycles());
    Barrier::wait($barrier);
    echo "collected\n";

    // A cancelled wait; the destructor that comes later wakes nobody.
    $barrier = Barrier::make();
    $other = $barrier;
    $cid = go(function () use (&$barrier) {
        Barrier::wait($barrier);
        echo "cancelled: ", json_encode(Coroutine::isCanceled()), "\n";
        Coroutine::yield();
        echo "resumed\n";
    });
    Coroutine::cancel($cid);
    unset($other);
    Coroutine::sleep(0.001);
    Coroutine::resume($cid);
});
?>
--EXPECT--
released, woken null
The barrier is waiting, cannot wait again. Swoole\Coroutine\Barrier
the first one was woken
collected
cancelled: true
resumed
