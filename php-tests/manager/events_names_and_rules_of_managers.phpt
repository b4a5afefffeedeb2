--TEST--
a manager tells of its workers: on(), stats(), and workers with names and rules of their own by addWorker()
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\Process\Manager;
use Swoole\Process\Pool;
require __DIR__ . '/../pool/support.inc';
log_file();
$wire = new Wire();
$manager = new Manager();
$copy = null;
echo json_encode($manager->stats()), "\n";
$same = $manager
    ->add(function (Pool $pool) use ($wire, &$copy) {
        until(fn () => array_column($copy->stats()['workers'], 'state') === ['running', 'ended', 'ended']);
        $wire->tell('names', array_column($copy->stats()['workers'], 'name'));
        $pool->shutdown();
        sleep(100);
    })
    ->addWorker(fn () => $wire->tell('migrated'), ['name' => 'migrate', 'restart' => 'once', 'coroutine' => true])
    ->addWorker(fn () => exit(3), ['name' => 'report', 'restart' => 'never', 'restart_pause' => '1s']);
var_dump($same === $manager);
$manager
    ->on('start', fn () => $wire->tell('wrong'))
    ->on('Start', function (Pool $pool) use ($wire, &$copy) {
        $wire->tell('Start', $copy->stats()['state']);
    })
    ->on('WorkerStart', fn (Pool $pool, int $id) => $wire->tell("WorkerStart $id"))
    ->on('WorkerStop', fn (Pool $pool, int $id) => $id === 1 && $wire->tell("WorkerStop $id"))
    ->on('WorkerError', fn (Pool $pool, int $id, array $report) => $wire->tell("WorkerError $report[name]", $report['code']))
    ->on('Shutdown', function (Pool $pool) use ($wire, &$copy) {
        $wire->tell('Shutdown', $copy->stats()['state']);
    });
$copy = clone $manager;
$copy->start();
$lines = $wire->hearAll();
sort($lines);
echo implode("\n", $lines), "\n", json_encode($copy->stats()), "\n";
foreach ([
    fn () => $manager->on('Message', fn () => 0),
    fn () => $manager->on('WorkerExit', fn () => 0),
    fn () => $manager->on('Starts', fn () => 0),
    fn () => $manager->addWorker(fn () => 0, ['nam' => 'a']),
    fn () => $manager->addWorker(fn () => 0, ['name' => '']),
    fn () => $manager->addWorker(fn () => 0, ['a']),
] as $wrong) {
    try {
        $wrong();
    } catch (Swoole\Exception $e) {
        echo $e->getMessage(), "\n";
    }
}
// A subclass may have methods of these names.
class Mine extends Manager
{
    public function on(int $a): int
    {
        return $a;
    }
    public function stats(): string
    {
        return 'mine';
    }
}
var_dump((new Mine())->on(5), (new Mine())->stats());
?>
--EXPECT--
{"state":"stopped","master_pid":null,"restarts":0,"messages":0,"workers":[]}
bool(true)
Shutdown running
Start running
WorkerError report 3
WorkerStart 0
WorkerStart 1
WorkerStart 2
WorkerStop 1
migrated
names [null,"migrate","report"]
{"state":"stopped","master_pid":null,"restarts":0,"messages":0,"workers":[]}
a manager has no event Message: it has Start, Shutdown, WorkerStart, WorkerStop and WorkerError
a manager has no event WorkerExit: it has Start, Shutdown, WorkerStart, WorkerStop and WorkerError
a manager has no event Starts: it has Start, Shutdown, WorkerStart, WorkerStop and WorkerError
a worker has no option 'nam': it has coroutine, name, restart and restart_pause
the setting worker_names must be a name or names of up to 64 letters, digits, dots, colons, @, _ and -
a worker has no option '': it has coroutine, name, restart and restart_pause
int(5)
string(4) "mine"
