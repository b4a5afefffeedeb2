--TEST--
a queue for several processes in tables with a lock and atomic numbers, by a class that extends Table
--FILE--
<?php
use Swoole\{Atomic, Lock, Process, Table};

/** As mprocess hands out tasks. */
final class QueueTable extends Table
{
    private Atomic $first;
    private Atomic $last;
    private Lock $lock;

    public function __construct(int $size, int $length)
    {
        parent::__construct($size);
        $this->column('data', Table::TYPE_STRING, $length);
        $this->create();
        [$this->first, $this->last, $this->lock] = [new Atomic(1), new Atomic(0), new Lock(SWOOLE_MUTEX)];
    }

    public function push(mixed $data): bool
    {
        return $this->locked(fn () => $this->set(':' . $this->last->add(1), ['data' => json_encode($data)]));
    }

    public function shift(): mixed
    {
        return $this->locked(function (): mixed {
            if ($this->first->get() > $this->last->get()) {
                return null;
            }
            $key = ':' . $this->first->get();
            $data = json_decode($this->get($key, 'data'), true);
            $this->del($key);
            $this->first->add(1);
            return $data;
        });
    }

    // A later Swoole has a method of this name: this is the script's own.
    public function add(int $a, int $b): int
    {
        return $a + $b;
    }

    private function locked(Closure $call): mixed
    {
        while (!$this->lock->lock(LOCK_EX | LOCK_NB)) {
            usleep(50);
        }
        try {
            return $call();
        } finally {
            $this->lock->unlock();
        }
    }
}

$queue = new QueueTable(1024, 100);
$counts = new Table(16);
$counts->column('n', Table::TYPE_INT, 4);
$counts->create();
for ($i = 1; $i <= 60; $i++) {
    $queue->push(['task' => $i]);
}
var_dump($queue->count(), count($queue), $queue->add(1, 2), $queue->memorySize > 0);
for ($i = 0; $i < 3; $i++) {
    // The worker of mprocess has no pipe: false for its type.
    $process = new Process(function (Process $process) use ($queue, $counts, $i): void {
        while (($task = $queue->shift()) !== null) {
            $counts->incr("worker $i", 'n');
            $counts->incr('sum', 'n', $task['task']);
            usleep(100);
        }
        $counts->incr('ended', 'n');
        $process->exit(7);
    }, false, false);
    $list[$process->start()] = $process;
}
while ($list) {
    $ended = Process::wait();
    echo $ended['code'], "\n";
    unset($list[$ended['pid']]);
}
var_dump($counts->get('sum', 'n'), $counts->get('ended', 'n'), $queue->count(), $queue->exists(':1'));
var_dump(array_sum(array_map(fn (int $i): int => (int) $counts->get("worker $i", 'n'), [0, 1, 2])), $counts->decr('ended', 'n', 3));
?>
--EXPECT--
int(60)
int(60)
int(3)
bool(true)
7
7
7
int(1830)
int(3)
int(0)
bool(false)
int(60)
int(0)
