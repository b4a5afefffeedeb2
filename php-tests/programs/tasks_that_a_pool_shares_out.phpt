--TEST--
a backend of a library: each call makes a pool and tables, the workers of the pool run the tasks, the first one that is ready ends the pool, and what is missing then runs here
--FILE--
<?php
use Swoole\{Process, Table};
use Swoole\Process\Pool;

final class Backend
{
    private const COLLISIONS = 0.25;
    private array $queue = [];

    public function __construct(private readonly int $workers) {}

    public function enqueue(callable $task, mixed ...$arguments): void
    {
        $this->queue[] = fn () => $task(...$arguments);
    }

    public function process(): array
    {
        $results = new Table(count($this->queue), self::COLLISIONS);
        $results->column('result', Table::TYPE_STRING, 65536);
        $results->create();
        $states = new Table($this->workers, self::COLLISIONS);
        $states->column('working', Table::TYPE_INT);
        $states->create();
        $pool = new Pool($this->workers);
        $pool->on('WorkerStart', function (Pool $pool, $id) use ($results, $states): void {
            try {
                $pool->getProcess()->setAffinity([$id % swoole_cpu_num()]);
                if ($states->exist($id) || !$states->set($id, ['working' => 1])) {
                    return;
                }
                for ($i = $id; $i < count($this->queue); $i += $this->workers) {
                    $results->exist($i) || $results->set($i, ['result' => serialize($this->queue[$i]())]);
                }
            } finally {
                $pool->shutdown();
            }
        });
        $pool->start();
        $values = [];
        foreach ($this->queue as $i => $task) {
            $values[] = $results->exist($i) ? unserialize($results->get($i, 'result')) : $task();
        }
        $this->queue = [];
        return $values;
    }
}

foreach ([1, 2, 3] as $workers) {
    $backend = new Backend($workers);
    foreach ([20, 1] as $tasks) {
        for ($i = 0; $i < $tasks; $i++) {
            $backend->enqueue(fn (int $i) => [$i, str_repeat('x', 1000 * $i), getmypid()], $i);
        }
        $values = $backend->process();
        $right = array_column($values, 0) === range(0, $tasks - 1) && array_sum(array_map(fn (array $value) => strlen($value[1]), $values)) === 500 * $tasks * ($tasks - 1);
        echo "$workers workers: ", count($values), $right ? ' right' : ' wrong', $workers > 1 || array_unique(array_column($values, 2)) !== [getmypid()] ? '' : ' in no worker', "\n";
    }
}
?>
--EXPECT--
1 workers: 20 right
1 workers: 1 right
2 workers: 20 right
2 workers: 1 right
3 workers: 20 right
3 workers: 1 right
