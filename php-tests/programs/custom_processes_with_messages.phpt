--TEST--
processes with messages and a clean end: a handler of SIGTERM in a coroutine, a watched pipe, a table that tells of all
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\{Coroutine, Process, Table, Timer};

/** As EasySwoole has its own processes. */
abstract class CustomProcess
{
    public readonly Process $process;

    public function __construct(private readonly Table $table, public readonly string $name, public readonly string $group)
    {
        $this->process = new Process([$this, '__start'], false, SOCK_DGRAM, true);
    }

    public function __start(Process $process): void
    {
        $this->table->set((string) $process->pid, ['pid' => $process->pid, 'name' => $this->name, 'group' => $this->group]);
        Process::signal(SIGTERM, function () use ($process): void {
            go(function () use ($process): void {
                $own = Co::getCid();
                $this->onShutDown();
                swoole_event_del($process->pipe);
                Process::signal(SIGTERM, null);
                for ($left = 3.0; $left > 0; $left -= 0.01) {
                    $others = array_filter(iterator_to_array(Co::listCoroutines(), false), fn (int $cid): bool => $cid !== $own);
                    // The one that runs the callback of the signal, and the first one, are among them.
                    if (count($others) === 0) {
                        $process->exit(0);
                    }
                    Co::sleep(0.001);
                }
                $process->exit(1);
            });
        });
        swoole_event_add($process->pipe, function () use ($process): void {
            $this->onMessage($process->read(64 * 1024));
        });
        $this->run();
    }

    abstract public function run(): void;

    abstract public function onMessage(string $message): void;

    abstract public function onShutDown(): void;
}

final class Echoing extends CustomProcess
{
    private int $work = 0;

    public function run(): void
    {
        $this->process->write("{$this->name} runs");
        Timer::tick(1, fn () => $this->work++);
    }

    public function onMessage(string $message): void
    {
        $this->process->write("{$this->name} got $message");
    }

    public function onShutDown(): void
    {
        Timer::clearAll();
        $this->process->write("{$this->name} ends" . ($this->work >= 0 ? '' : '?'));
    }
}

$table = new Table(64);
$table->column('pid', Table::TYPE_INT, 10);
$table->column('name', Table::TYPE_STRING, 45);
$table->column('group', Table::TYPE_STRING, 45);
$table->create();
$processes = [new Echoing($table, 'first', 'a'), new Echoing($table, 'second', 'b')];
foreach ($processes as $one) {
    $one->process->start();
    echo $one->process->read(), "\n";
    $one->process->write('words');
    echo $one->process->read(), "\n";
}
$info = [];
foreach ($table as $pid => $row) {
    $info[$row['name']] = [$row['group'], $row['pid'] === (int) $pid, Process::kill((int) $pid, 0)];
}
ksort($info);
echo json_encode($info), "\n";
foreach ($table as $pid => $row) {
    if ($row['group'] === 'a') {
        Process::kill((int) $pid, SIGTERM);
    }
}
echo $processes[0]->process->read(), ' ', json_encode(array_slice(Process::wait(), 1)), "\n";
var_dump(Process::kill($processes[0]->process->pid, 0), @Process::kill($processes[1]->process->pid, 0));
Process::kill($processes[1]->process->pid);
echo $processes[1]->process->read(), ' ', json_encode(array_slice(Process::wait(), 1)), "\n";
?>
--EXPECT--
first runs
first got words
second runs
second got words
{"first":["a",true,true],"second":["b",true,true]}
first ends {"code":0,"signal":0}
bool(false)
bool(true)
second ends {"code":0,"signal":0}
