--TEST--
a scheduler of commands: their output comes by redirected pipes of the loop, their end by SIGCHLD, a table tells of all
--FILE--
<?php
use Swoole\{Event, Process, Table, Timer};

/** As schedulers on Swoole run the commands of a crontab. */
final class Scheduler
{
    private readonly Table $table;
    private array $outputs = [];
    private static array $command;

    public function __construct()
    {
        $this->table = new Table(64);
        foreach (['task' => [Table::TYPE_INT, 8], 'status' => [Table::TYPE_INT, 1], 'begin' => [Table::TYPE_FLOAT, 8], 'pipe' => [Table::TYPE_INT, 8]] as $name => [$type, $size]) {
            $this->table->column($name, $type, $size);
        }
        $this->table->create();
        Process::signal(SIGCHLD, function (): void {
            while ($end = Process::wait(false)) {
                $row = $this->table->get((string) $end['pid']);
                // What the command wrote last is still in the pipe.
                while (($rest = $this->outputs[$end['pid']][0]->read()) !== '') {
                    $this->outputs[$end['pid']][1] .= $rest;
                }
                swoole_event_del($row['pipe']);
                echo "task {$row['task']}: code {$end['code']}, signal {$end['signal']}, ", json_encode($this->outputs[$end['pid']][1]), "\n";
                $this->table->del((string) $end['pid']);
                unset($this->outputs[$end['pid']]);
                count($this->table) === 0 && Event::exit();
            }
        });
    }

    public function start(int $task, string $command): void
    {
        self::$command = explode(' ', $command);
        $process = new Process('Scheduler::run', true, true);
        $pid = $process->start();
        $this->outputs[$pid] = [$process, ''];
        swoole_event_add($process->pipe, function () use ($process, $pid): void {
            $this->outputs[$pid][1] .= $process->read();
        });
        $this->table->set((string) $pid, ['task' => $task, 'status' => 0, 'begin' => microtime(true), 'pipe' => $process->pipe]);
    }

    public static function run(Process $process): void
    {
        $process->name(implode(' ', self::$command));
        $process->exec(array_shift(self::$command), self::$command);
    }

    public function signal(int $signal): void
    {
        foreach ($this->table as $pid => $row) {
            Process::kill($pid, $signal);
        }
    }
}

$scheduler = new Scheduler();
foreach (['/bin/echo hello world', '/usr/bin/seq 1 3', '/bin/false', '/bin/sleep 1000'] as $task => $command) {
    $scheduler->start($task, $command);
    if ($command === '/bin/sleep 1000') {
        Timer::after(10, fn () => $scheduler->signal(SIGTERM));
    }
    Event::wait();
    // Each loop that ended can be followed by another.
}
echo "end\n";
?>
--EXPECT--
task 0: code 0, signal 0, "hello world\n"
task 1: code 0, signal 0, "1\n2\n3\n"
task 2: code 1, signal 0, ""
task 3: code 0, signal 15, ""
end
