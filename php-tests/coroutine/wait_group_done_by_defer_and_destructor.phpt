--TEST--
WaitGroup: done() as a deferred call, and in a destructor
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\WaitGroup;
use function Swoole\Coroutine\{run, go, defer};

run(function () {
    $group = new WaitGroup(2);
    go(function () use ($group) {
        defer(fn () => $group->done());
    });
    go(function () use ($group) {
        $guard = new class ($group) {
            public function __construct(private WaitGroup $group)
            {
            }

            public function __destruct()
            {
                $this->group->done();
            }
        };
        Coroutine::sleep(0.001);
    });
    var_dump($group->count(), $group->wait(), $group->count());
});
?>
--EXPECT--
int(1)
bool(true)
int(0)
