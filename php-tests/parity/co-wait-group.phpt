--TEST--
WaitGroup: add, done, wait, count, time-out, misuse.
--FILE--
<?php
// Pins: WaitGroup: add, done, wait, count, time-out, misuse.
// Status: documented; the texts are accidental.
use Swoole\Coroutine;
use Swoole\Coroutine\WaitGroup;
use function Swoole\Coroutine\{run, go};
run(function () {
    $wg = new WaitGroup();
    var_dump($wg->wait(), $wg->count());
    for ($i = 1; $i <= 3; $i++) {
        $wg->add();
        go(function () use ($wg, $i) {
            Coroutine::sleep(0.03 * $i);
            echo "worker $i, count {$wg->count()}\n";
            $wg->done();
        });
    }
    var_dump($wg->wait(), $wg->count());
    $wg = new WaitGroup(2);
    go(function () use ($wg) { Coroutine::sleep(0.1); $wg->done(); $wg->done(); });
    var_dump($wg->wait(0.03), $wg->count(), $wg->wait(1), $wg->count());
    foreach ([fn () => $wg->done(), fn () => $wg->add(-1), fn () => (new WaitGroup(-1))->count()] as $f) {
        try {
            var_dump($f());
        } catch (Throwable $e) {
            echo get_class($e), ': ', $e->getMessage(), "\n";
        }
    }
});
--EXPECT--
bool(true)
int(0)
worker 1, count 3
worker 2, count 2
worker 3, count 1
bool(true)
int(0)
bool(false)
int(2)
bool(true)
int(0)
BadMethodCallException: WaitGroup misuse: negative counter
InvalidArgumentException: WaitGroup misuse: negative counter
int(0)
