--TEST--
ConnectionPool: connections are made when they are needed, up to the size, and shared by coroutines
--FILE--
<?php
use Swoole\ConnectionPool;
use Swoole\Coroutine;
use function Swoole\Coroutine\{go, run};

final class Connection
{
    public function __construct(public readonly int $number) {}
}

run(function (): void {
    $made = 0;
    $pool = new ConnectionPool(function () use (&$made): Connection {
        Coroutine::sleep(0.001);
        return new Connection(++$made);
    }, 3);
    $used = $most = 0;
    $group = new Coroutine\WaitGroup();
    for ($i = 0; $i < 20; $i++) {
        $group->add();
        go(function () use ($pool, $group, &$used, &$most): void {
            $connection = $pool->get();
            $most = max($most, ++$used);
            Coroutine::sleep(0.002);
            $used--;
            $pool->put($connection);
            $group->done();
        });
    }
    $group->wait();
    echo "$made connections, $most at a time\n";

    [$a, $b, $c] = [$pool->get(), $pool->get(), $pool->get()];
    var_dump($pool->get(0.001));
    // Another one is made in its place.
    go(fn () => print("got {$pool->get()->number}\n"));
    $pool->put(null);
    $pool->put($b);
    var_dump($pool->get() === $b);
    $pool->close();
    $pool->put($a);
    foreach (['get', 'fill'] as $method) {
        try {
            $pool->$method();
            echo "$method: nothing\n";
        } catch (RuntimeException $e) {
            echo $e->getMessage(), "\n";
        }
    }

    $pool = new ConnectionPool(function () use (&$made): Connection {
        return new Connection(++$made);
    }, 2);
    $pool->fill();
    var_dump($made, ConnectionPool::DEFAULT_SIZE);
    $pool->get();
    $pool->close();

    // One that cannot be made does not count.
    $fails = true;
    $pool = new ConnectionPool(function () use (&$fails): Connection {
        return $fails ? throw new Exception('no connection') : new Connection(0);
    }, 1);
    try {
        $pool->get();
    } catch (Exception $e) {
        echo $e->getMessage(), "\n";
    }
    $fails = false;
    echo $pool->get()->number, "\n";

    // Closed while one is made, or waited for.
    $pool = new ConnectionPool(function (): Connection {
        Coroutine::sleep(0.005);
        return new Connection(1);
    }, 1);
    go(fn () => var_dump($pool->get()));
    go(fn () => var_dump($pool->get()));
    $pool->close();
});
?>
--EXPECT--
3 connections, 3 at a time
bool(false)
got 4
bool(true)
Pool has been closed
fill: nothing
int(6)
int(64)
no connection
0
bool(false)
bool(false)
