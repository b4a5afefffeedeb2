--TEST--
a subclass: own constructor and properties, overridden methods, private and static callbacks, its own class in messages
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
class Job extends Process
{
    private static int $count = 0;
    public array $log = [];

    public function __construct(private string $task, int $type = SOCK_DGRAM)
    {
        self::$count++;
        parent::__construct([$this, 'run'], false, $type);
    }

    protected function task(): string
    {
        return "$this->task of " . self::$count;
    }

    public function run(Process $p): void
    {
        $this->log[] = 'run';
        $p->write($p === $this ? $this->task() : 'another object');
    }

    public function write(string $data): int|false
    {
        return parent::write(static::class . ": $data");
    }

    public function read(int $size = 100): string|false
    {
        return strtoupper(parent::read($size));
    }

    public function __destruct()
    {
        echo getmypid() === $GLOBALS['main'] ? "parent: $this->task is destructed\n" : '';
        parent::__destruct();
    }
}
$main = getmypid();
$job = new Job('first');
$other = new Job('second', SOCK_STREAM);
foreach ([$job, $other] as $one) {
    $one->start();
    echo $one->read(), ', ', ending(Process::wait()), ', ', json_encode($one->log), "\n";
}
class Hidden extends Process
{
    public function __construct()
    {
        parent::__construct(fn () => $this->secret());
    }

    private function secret(): void
    {
        $this->write('from a private method');
    }
}
$hidden = new Hidden();
$hidden->start();
echo $hidden->read(), "\n";
Process::wait();
class Magic extends Process
{
    public function __construct()
    {
        parent::__construct([$this, 'noSuchMethod']);
    }

    public function __call(string $name, array $arguments): void
    {
        $arguments[0]->write("$name by __call, " . count($arguments) . ' argument');
    }
}
$magic = new Magic();
foreach ([1, 2] as $run) {
    $magic->start();
    echo $magic->read(), "\n";
    Process::wait();
}
unset($job);
echo "end of the script\n";
?>
--EXPECT--
JOB: FIRST OF 2, code 0, []
JOB: SECOND OF 2, code 0, []
from a private method
noSuchMethod by __call, 1 argument
noSuchMethod by __call, 1 argument
end of the script
parent: first is destructed
parent: second is destructed
