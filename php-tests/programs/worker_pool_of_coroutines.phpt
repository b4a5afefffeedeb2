--TEST--
a worker pool of coroutines: jobs in a channel, workers that offer channels of their own, an end that waits for all
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\{Channel, WaitGroup};
use function Swoole\Coroutine\{go, run};

/** As mix-php dispatches jobs to workers. */
final class Dispatcher
{
    private Channel $offers;
    private Channel $quit;
    private WaitGroup $group;

    public function __construct(private readonly Channel $jobs, private readonly int $count, private readonly Closure $work) {}

    public function start(): void
    {
        $this->offers = new Channel($this->count);
        $this->quit = new Channel(1);
        $this->group = new WaitGroup();
        for ($i = 0; $i < $this->count; $i++) {
            $this->group->add();
            go(function () use ($i): void {
                $own = new Channel(1);
                while ($this->offers->push($own)) {
                    $job = $own->pop();
                    if ($job === false) {
                        break;
                    }
                    ($this->work)($i, $job);
                }
                $this->group->done();
            });
        }
        while (($job = $this->jobs->pop()) !== false) {
            $this->offers->pop()->push($job);
        }
        for ($i = 0; $i < $this->count; $i++) {
            $this->offers->pop()->close();
        }
        $this->group->wait();
    }
}

run(function (): void {
    $jobs = new Channel(5);
    $results = [];
    go(function () use ($jobs): void {
        for ($i = 1; $i <= 20; $i++) {
            $jobs->push($i);
        }
        $jobs->close();
    });
    (new Dispatcher($jobs, 4, function (int $worker, int $job) use (&$results): void {
        Coroutine::sleep(0.001);
        $results[$worker][] = $job;
    }))->start();
    var_dump(count($results), array_sum(array_map('array_sum', $results)), max(array_map('count', $results)) - min(array_map('count', $results)) <= 2);
});

// A limit on how many run at a time, as Hyperf's Concurrent.
run(function (): void {
    $limit = new Channel(3);
    $running = $most = $done = 0;
    for ($i = 0; $i < 12; $i++) {
        $limit->push(true);
        go(function () use ($limit, &$running, &$most, &$done): void {
            try {
                $most = max($most, ++$running);
                Coroutine::sleep(0.001);
                throw new Exception('one that fails');
            } catch (Exception) {
                $done++;
            } finally {
                $running--;
                $limit->pop();
            }
        });
    }
    while (!$limit->isEmpty()) {
        Coroutine::sleep(0.001);
    }
    var_dump($most, $done);
});

// All or nothing in a time, as Parallel and waiters do.
run(function (): void {
    $wait = function (Closure $call, float $limit): mixed {
        $channel = new Channel(1);
        $cid = go(function () use ($channel, $call): void {
            try {
                $result = $call();
            } catch (Throwable $e) {
                $result = $e;
            } finally {
                $channel->push($result ?? null, 0.01);
            }
        });
        $result = $channel->pop($limit);
        if ($result === false && $channel->errCode === SWOOLE_CHANNEL_TIMEOUT) {
            Coroutine::cancel($cid);
            return "timed out\n";
        }
        return $result instanceof Throwable ? $result->getMessage() . "\n" : $result;
    };
    echo $wait(fn () => "in time\n", 1), $wait(fn () => throw new Exception('failed'), 1), $wait(fn () => Coroutine::sleep(60), 0.01);
});
?>
--EXPECT--
int(4)
int(210)
bool(true)
int(3)
int(12)
in time
failed
timed out
