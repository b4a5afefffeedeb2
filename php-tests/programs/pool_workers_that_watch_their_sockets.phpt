--TEST--
workers of a coroutine pool that watch their exported sockets in the loop, answer each other, and exit in a handler of SIGTERM: a reload, then a stop
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\{Atomic, Constant, Event, Process, Runtime};
use Swoole\Coroutine\{Barrier, Socket};
use Swoole\Process\Pool;
use function Swoole\Coroutine\go;

Runtime::enableCoroutine();
/** A manager of workers, as frameworks have it. */
class Workers
{
    private array $functions = [];
    private ?Pool $pool = null;
    private int $id = -1;

    public function add(callable $function): void
    {
        $this->functions[] = $function;
    }

    public function start(callable $message): void
    {
        $pool = new Pool(count($this->functions), SWOOLE_IPC_UNIXSOCK, 0, true);
        $pool->on(Constant::EVENT_WORKER_START, function (Pool $pool, int $id) use ($message) {
            [$this->pool, $this->id] = [$pool, $id];
            Process::signal(SIGTERM, fn () => $this->pool->getProcess()->exit());
            Event::add($pool->getProcess()->exportSocket(), function (Socket $socket) use ($message) {
                $message($this, unserialize($socket->recv()));
            });
            $this->functions[$id]($this, $id);
        });
        $pool->start();
    }

    public function send(int $worker, mixed $message): void
    {
        $this->pool->getProcess($worker)->exportSocket()->send(serialize($message));
    }

    public function signal(int $signal): void
    {
        Process::kill($this->pool->master_pid, $signal);
    }
}

$rounds = new Atomic(0);
$workers = new Workers();
foreach ([0, 1] as $worker) {
    $workers->add(function (Workers $workers, int $id) {
        $barrier = Barrier::make();
        go(function () use ($barrier) {
            usleep(1000);
        });
        Barrier::wait($barrier);
        $id === 0 && $workers->send(1, ['question', str_repeat('?', 3)]);
    });
}
$workers->start(function (Workers $workers, array $message) use ($rounds) {
    [$kind, $text] = $message;
    if ($kind === 'question') {
        $workers->send(0, ['answer', strtr($text, '?', '!')]);
        return;
    }
    $round = $rounds->add();
    echo "round $round: $text\n";
    $workers->signal($round === 1 ? SIGUSR1 : SIGTERM);
});
echo "stopped after {$rounds->get()} rounds\n";
?>
--EXPECT--
round 1: !!!
round 2: !!!
stopped after 2 rounds
