--TEST--
a manager can be cloned, serialised and extended, as in Swoole, where it is PHP code: its properties are what it is; a Scheduler cannot
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\Coroutine\Scheduler;
use Swoole\Process\{Manager, Pool};
require __DIR__ . '/../pool/support.inc';
log_file();
final class Mine extends Manager
{
    public int $clones = 0;

    public function __clone()
    {
        $this->clones++;
    }

    public function put(mixed ...$functions): void
    {
        $this->startFuncMap = $functions;
        $this->ipcType = SWOOLE_IPC_UNIXSOCK;
    }

    private function hidden(Pool $pool, int $id): void
    {
        global $wire;
        $wire->tell("a private method, $id");
        $pool->shutdown();
        sleep(100);
    }

    public function addHidden(): void
    {
        $this->add([$this, 'hidden']);
        $this->start();
    }
}

function tells(string $name): callable
{
    return function (Pool $pool, int $id) use ($name) {
        global $wire;
        $wire->tell("$name, $id");
        $id === 1 && $pool->shutdown();
        sleep(100);
    };
}

function run(Manager $manager): void
{
    global $wire;
    $wire = new Wire();
    $manager->start();
    echo '  ', implode($wire->hearAll()), "\n";
}

$wire = null;
$manager = new Mine();
$manager->set(['max_restarts' => 1, 'restart_delay' => 0.001]);
$manager->add(fn () => sleep(100));
$clone = clone $manager;
echo "the clone has functions of its own\n";
$manager->add(tells('the original'));
$clone->add(tells('the clone'));
run($manager);
run($clone);
echo json_encode([$manager->clones, $clone->clones, $clone instanceof Mine]), "\n";

echo "it keeps the settings: it gives up\n";
$clone = clone $clone;
$clone->put([fn () => exit(1), false]);
try {
    $clone->start();
} catch (Throwable) {
}
echo json_encode(preg_match('/gives up/', implode(log_lines()))), "\n";

echo "functions that a class has put there\n";
$extended = new Mine();
$extended->put([fn () => sleep(100), false], [tells('put there'), false]);
run($extended);
echo json_encode($extended->getIPCType()), "\n";
$wire = new Wire();
(new Mine())->addHidden();
echo '  ', implode($wire->hearAll()), "\n";
// It holds itself, by its function.
echo json_encode(gc_collect_cycles() > 0), "\n";

echo "serialised\n";
$function = 'sleep';
$copy = unserialize(serialize((new Manager(SWOOLE_IPC_UNIXSOCK, 5))->add($function)));
echo json_encode([$copy->getIPCType(), $copy->getMsgQueueKey(), $copy == (new Manager(SWOOLE_IPC_UNIXSOCK, 5))->add($function)]), "\n";
foreach ([fn () => serialize(new Scheduler()), fn () => clone new Scheduler(), fn () => unserialize('O:26:"Swoole\Coroutine\Scheduler":0:{}')] as $refused) {
    try {
        $refused();
    } catch (Throwable $e) {
        echo $e->getMessage(), "\n";
    }
}
?>
--EXPECT--
the clone has functions of its own
  the original, 1
  the clone, 1
[0,1,true]
it keeps the settings: it gives up
1
functions that a class has put there
  put there, 1
1
  a private method, 0
true
serialised
[1,5,true]
Serialization of 'Swoole\Coroutine\Scheduler' is not allowed
Trying to clone an uncloneable object of class Swoole\Coroutine\Scheduler
Unserialization of 'Swoole\Coroutine\Scheduler' is not allowed
