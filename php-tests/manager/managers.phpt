--TEST--
a manager runs one function for each worker, in the order in which they were added, as a coroutine if that is asked for
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Process\Manager;
use Swoole\Process\Pool;
use Swoole\Process\ProcessManager;
require __DIR__ . '/../pool/support.inc';
class Mine extends Manager
{
    public function shown(): array
    {
        return [$this->pool === null ? null : $this->pool::class, $this->ipcType, $this->msgQueueKey, count($this->startFuncMap), array_column($this->startFuncMap, 1)];
    }
}
$wire = new Wire();
$manager = new Mine(SWOOLE_IPC_UNIXSOCK);
echo json_encode($manager->shown()), "\n";
$tell = fn (string $name) => function (Pool $pool, int $id) use ($name, $wire, $manager) {
    $wire->tell($name, $id, Coroutine::getCid() > 0, $pool->workerId);
    if ($id === 4) {
        $pool->shutdown();
    }
    Coroutine::getCid() > 0 ? Coroutine::sleep(100) : sleep(100);
};
var_dump($manager->add($tell('one')) === $manager);
$manager->add($tell('coroutine'), true)->addBatch(2, $tell('batch'))->addBatch(1, $tell('coroutine batch'), true);
$manager->addBatch(0, $tell('none'))->addBatch(-1, $tell('none'));
foreach ([fn () => $manager->add('no_such_function'), fn () => $manager->addBatch('x', fn () => 0)] as $wrong) {
    try {
        $wrong();
    } catch (TypeError $e) {
        echo preg_replace('/, called in .*/', '', $e->getMessage()), "\n";
    }
}
echo json_encode($manager->shown()), "\n";
var_dump($manager->start());
echo json_encode($manager->shown()), "\n";
$lines = $wire->hearAll();
sort($lines);
echo json_encode(in_array('coroutine batch 4 true 4', $lines)), ' ', json_encode(array_diff($lines, [
    'one 0 false 0', 'coroutine 1 true 1', 'batch 2 false 2', 'batch 3 false 3', 'coroutine batch 4 true 4',
])), "\n";
// Once more, and by its old name.
$old = new ProcessManager();
var_dump($old instanceof Manager, get_class($old));
$old->add(function (Pool $pool) {
    echo "old name\n";
    $pool->shutdown();
    sleep(100);
});
$old->start();
$old->start();
?>
--EXPECT--
[null,1,0,0,[]]
bool(true)
Swoole\Process\Manager::add(): Argument #1 ($func) must be of type callable, string given
Swoole\Process\Manager::addBatch(): Argument #1 ($workerNum) must be of type int, string given
[null,1,0,5,[false,true,false,false,true]]
NULL
["Swoole\\Process\\Pool",1,0,5,[false,true,false,false,true]]
true []
bool(true)
string(22) "Swoole\Process\Manager"
old name
old name
