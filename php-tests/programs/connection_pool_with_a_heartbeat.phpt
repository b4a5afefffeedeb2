--TEST--
a connection pool in PHP on a channel: least and most connections, a time limit, and a timer that ends idle ones
--FILE--
<?php
use Swoole\{Coroutine, Timer};
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\{go, run};

/** As swoole-connection-pool and Hyperf's pools keep theirs. */
final class Pool
{
    private Channel $pool;
    private int $current = 0;
    private int $timer;
    private array $used = [];

    public function __construct(private readonly int $least, private readonly int $most, private readonly float $idle, private readonly float $limit)
    {
        $this->pool = new Channel($most);
        // The heartbeat: connections that are idle for too long end, except the least number.
        $this->timer = Timer::tick((int) ($idle * 500), function (): void {
            $kept = [];
            while (!$this->pool->isEmpty() && $connection = $this->pool->pop(0.001)) {
                $old = microtime(true) - $this->used[spl_object_id($connection)] >= $this->idle;
                if ($old && $this->current > $this->least) {
                    $this->current--;
                } else {
                    $kept[] = $connection;
                }
            }
            array_map($this->pool->push(...), $kept);
        });
        for ($i = 0; $i < $least; $i++) {
            $this->put($this->connect());
        }
    }

    private function connect(): stdClass
    {
        $this->current++;
        Coroutine::sleep(0.001);
        return new stdClass();
    }

    public function get(): stdClass
    {
        if ($this->pool->isEmpty() && $this->current < $this->most) {
            return $this->connect();
        }
        return $this->pool->pop($this->limit) ?: throw new RuntimeException("Borrow the connection timeout in {$this->limit}(s), code {$this->pool->errCode}");
    }

    public function put(stdClass $connection): void
    {
        $this->used[spl_object_id($connection)] = microtime(true);
        $this->pool->push($connection, 0.001) || throw new RuntimeException('the channel is full');
    }

    public function stats(): array
    {
        return [$this->current, $this->pool->length(), $this->pool->stats()['consumer_num']];
    }

    public function close(): void
    {
        Timer::clear($this->timer);
        $this->pool->close();
    }
}

run(function (): void {
    $pool = new Pool(2, 4, 0.02, 0.05);
    echo json_encode($pool->stats()), "\n";
    $held = [];
    for ($i = 0; $i < 4; $i++) {
        $held[] = $pool->get();
    }
    echo json_encode($pool->stats()), "\n";
    try {
        $pool->get();
    } catch (RuntimeException $e) {
        echo $e->getMessage(), "\n";
    }
    $waiting = new Channel(1);
    go(fn () => $waiting->push($pool->get()));
    echo json_encode($pool->stats()), "\n";
    $pool->put($held[0]);
    var_dump($waiting->pop(1) === $held[0]);
    array_map($pool->put(...), $held);
    echo json_encode($pool->stats()), "\n";
    while ($pool->stats()[0] > 2) {
        Coroutine::sleep(0.005);
    }
    echo json_encode($pool->stats()), "\n";
    $pool->close();
});
?>
--EXPECT--
[2,2,0]
[4,0,0]
Borrow the connection timeout in 0.05(s), code -1
[4,0,1]
bool(true)
[4,4,0]
[2,2,0]
