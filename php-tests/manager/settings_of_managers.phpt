--TEST--
set() passes settings to the pool; getters and setters; a manager without workers, and with a wrong setting or type
--EXTENSIONS--
posix
pcntl
sysvmsg
--FILE--
<?php
use Swoole\Process\Manager;
use Swoole\Process\Pool;
require __DIR__ . '/../pool/support.inc';
log_file();
function attempt(Closure $body): void
{
    try {
        $result = $body();
        echo json_encode($result), "\n";
    } catch (Throwable $e) {
        echo $e::class, ': ', preg_replace('/, called in .*/', '', $e->getMessage()), "\n";
    }
}
$manager = new Manager();
attempt(fn () => [$manager->getIPCType(), $manager->getMsgQueueKey()]);
attempt(fn () => [$manager->setIPCType(SWOOLE_IPC_MSGQUEUE) === $manager, $manager->setMsgQueueKey(77) === $manager]);
attempt(fn () => [$manager->getIPCType(), $manager->getMsgQueueKey()]);
attempt(fn () => $manager->start());
attempt(fn () => (new Manager())->addBatch(PHP_INT_MAX, fn () => 0));
attempt(fn () => (new Manager())->add(fn () => 0)->addBatch(4194304, fn () => 0));
attempt(fn () => (new Manager(9))->add(fn () => 0)->start());
attempt(fn () => (new Manager(SWOOLE_IPC_MSGQUEUE, 1 << 40))->add(fn () => 0)->start());
attempt(fn () => (new Manager())->set(['max_wait_time' => -1]));
attempt(fn () => (new Manager(SWOOLE_IPC_MSGQUEUE))->add(fn () => 0)->set(['enable_coroutine' => true])->start());
attempt(fn () => (new Manager())->set('text'));
attempt(fn () => (new Manager())->set(null));
attempt(fn () => @(new Manager(SWOOLE_IPC_SOCKET))->add(fn () => 0)->start() ?? error_get_last()['message']);
attempt(fn () => (new Manager())->set('max_wait_time'));
// A limit for failures, and the time to stop.
$manager = (new Manager())->set(['unused' => 1])->set(['max_restarts' => 1, 'max_wait_time' => 60]);
$manager->set(['restart_delay' => 0, 'max_wait_time' => 0.1]);
$manager->add(fn () => exit(2))->add(function () {
    pcntl_signal(SIGTERM, SIG_IGN);
    while (true) {
        sleep(100);
    }
});
attempt(fn () => $manager->start());
$lines = log_lines();
echo count(preg_grep('/with code 2/', $lines)), ' ', count(preg_grep('/gives up/', $lines)), "\n";
// The workers' objects push to the queue, and pop from it.
$key = random_int(1, 1 << 30);
$wire = new Wire();
$manager = new Manager(SWOOLE_IPC_MSGQUEUE, $key);
$manager->addBatch(2, function (Pool $pool, int $id) use ($wire) {
    if ($id === 0) {
        $pool->getProcess(1)->push('hello');
    } else {
        $wire->tell($pool->getProcess()->pop());
        $pool->shutdown();
    }
    sleep(100);
});
$manager->start();
echo implode(' ', $wire->hearAll()), "\n";
msg_remove_queue(msg_get_queue($key));
$raw = (new ReflectionClass(Manager::class))->newInstanceWithoutConstructor();
attempt(fn () => [$raw->getIPCType(), $raw->getMsgQueueKey()]);
attempt(fn () => $raw->start());
// A cycle is freed.
$weak = WeakReference::create($cycle = new Manager());
$cycle->add(fn () => $cycle);
unset($cycle);
gc_collect_cycles();
attempt(fn () => $weak->get());
?>
--EXPECT--
[0,0]
[true,true]
[2,77]
Swoole\Exception: the parameter $worker_num must be greater than 0
Swoole\Exception: a manager can have at most 4194304 workers
Swoole\Exception: a manager can have at most 4194304 workers
Swoole\Exception: the parameter $ipc_type must be one of SWOOLE_IPC_*, 9 given
Swoole\Exception: the parameter $msgqueue_key must fit into 32 bits
Swoole\Exception: the setting max_wait_time must be a number of seconds, not negative
Error: the parameter $ipc_type must be SWOOLE_IPC_UNIXSOCK when enable coroutine
TypeError: Swoole\Process\Manager::set(): Argument #1 ($settings) must be of type array, string given
TypeError: Swoole\Process\Manager::set(): Argument #1 ($settings) must be of type array, null given
"Swoole\\Process\\Manager::start(): the process pool does not listen: call listen() before start()"
TypeError: Swoole\Process\Manager::set(): Argument #1 ($settings) must be of type array, string given
Swoole\Exception: the manager has given up: its workers have failed more than max_restarts times within restart_window
2 1
hello
[0,0]
Swoole\Exception: the parameter $worker_num must be greater than 0
null
