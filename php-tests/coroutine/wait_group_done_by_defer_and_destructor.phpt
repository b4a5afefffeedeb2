--TEST--
WaitGroup: done() as a deferred call, in a destructor, and by a coroutine that fails
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\WaitGroup;
use function Swoole\Coroutine\{run, go, defer};

set_exception_handler(function (Throwable $e) {
    echo 'not caught: ', $e->getMessage(), "\n";
});
run(function () {
    $group = new WaitGroup(3);
    go(function () use ($group) {
        defer(fn () => $group->done());
    });
    go(function () use ($group) {
        defer(fn () => $group->done());
        throw new Exception('a failure');
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
not caught: a failure
int(1)
bool(true)
int(0)
