--TEST--
the backtrace of a coroutine that has not begun is empty, on a new stack and on one that another has used
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{go, run};

/** Makes a coroutine when it is collected: that begins from the loop. */
final class Garbage
{
    public self $self;

    public function __construct()
    {
        $this->self = $this;
    }

    public function __destruct()
    {
        $cid = go(function () {
            echo "begun\n";
        });
        echo json_encode(Coroutine::getBackTrace($cid)), "\n";
        Coroutine::printBackTrace($cid);
    }
}

function waits_deep(int $depth): void
{
    $depth > 0 ? waits_deep($depth - 1) : Coroutine::yield();
}

function collect(): void
{
    new Garbage();
    gc_collect_cycles();
}

collect();
Swoole\Event::wait();

run(function () {
    // The frame in which it waits lies in memory that is freed when it ends.
    $other = go(function () {
        waits_deep(1000);
    });
    Coroutine::resume($other);
    collect();
});
?>
--EXPECT--
[]
begun
[]
begun
