--TEST--
Channel: a value that is pushed where no coroutine can be switched to reaches the one who waits
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\{Channel, WaitGroup};
use function Swoole\Coroutine\{run, go};

class GivesBack
{
    public ?GivesBack $self = null;

    public function __construct(private Channel $pool, private string $connection)
    {
    }

    public function __destruct()
    {
        $this->pool->push($this->connection);
    }
}

class Done
{
    public ?Done $self = null;

    public function __construct(private WaitGroup $group)
    {
    }

    public function __destruct()
    {
        $this->group->done();
    }
}

run(function () {
    $pool = new Channel(3);
    foreach (['one', 'two'] as $name) {
        go(function () use ($pool, $name) {
            echo "$name got {$pool->pop()}\n";
        });
    }
    // The cycle collector runs these destructors.
    foreach (['first', 'second', 'third'] as $connection) {
        $cycle = new GivesBack($pool, $connection);
        $cycle->self = $cycle;
        unset($cycle);
        gc_collect_cycles();
    }
    Coroutine::sleep(0.001);
    echo "left: {$pool->pop()}\n";

    go(function () use ($pool) {
        echo "closed: ", json_encode([$pool->pop(), $pool->errCode]), "\n";
    });
    $closes = new class ($pool) {
        public $self;

        public function __construct(private Channel $pool)
        {
            $this->self = $this;
        }

        public function __destruct()
        {
            $this->pool->close();
        }
    };
    unset($closes);
    gc_collect_cycles();
    Coroutine::sleep(0.001);

    $group = new WaitGroup(1);
    $cycle = new Done($group);
    $cycle->self = $cycle;
    unset($cycle);
    go(function () {
        gc_collect_cycles();
    });
    var_dump($group->wait());
});
?>
--EXPECT--
one got first
two got second
left: third
closed: [false,-2]
bool(true)
