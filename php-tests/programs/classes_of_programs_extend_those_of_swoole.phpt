--TEST--
classes of programs extend those of Swoole: with properties of the same names, with methods in their place, with constructors of their own
--FILE--
<?php
use Swoole\{Atomic, ConnectionPool, Constant, Coroutine, Event, Lock, Process, Table};
use Swoole\Coroutine\{Channel, Client, Server, Socket, WaitGroup};
use Swoole\Process\{Manager, Pool};
use function Swoole\Coroutine\{go, run};

final class Rows extends Table implements ArrayAccess
{
    public $size;
    private readonly Lock $lock;

    public function __construct(private readonly string $name, array $config = [])
    {
        foreach ($config as $property => $value) {
            $this->$property = $value;
        }
        parent::__construct($this->size ?? 64);
        $this->column('data', self::TYPE_STRING, 100);
        $this->create();
        $this->lock = new Lock();
    }

    public function set(string $key, array $value): bool
    {
        return parent::set($key, ['data' => json_encode($value)]);
    }

    public function offsetExists(mixed $key): bool { return $this->exist($key); }
    public function offsetGet(mixed $key): mixed { return json_decode($this->get($key, 'data'), true); }
    public function offsetSet(mixed $key, mixed $value): void { $this->set($key, (array) $value); }
    public function offsetUnset(mixed $key): void { $this->del($key); }
    public function all(): array { return iterator_to_array($this); }
    // Names that tables have from some later version on.
    public function update(callable $change, string $key): array
    {
        $this->lock->lock();
        try {
            return $this[$key] = $change($this[$key]);
        } finally {
            $this->lock->unlock();
        }
    }
}
$rows = new Rows('rows', ['size' => 128]);
$rows['a'] = [1, 2];
echo json_encode([$rows->size, $rows['a'], isset($rows['b']), $rows->update(fn (array $row) => [...$row, 3], 'a'), $rows->all(), count($rows)]), "\n";

class Task extends Process
{
    protected $callback = 'a name of its own';
    protected $queue = 'jobs';
    private bool $isClosed = false;

    public function __construct($redirect = false, $pipe = SOCK_DGRAM)
    {
        parent::__construct([$this, 'handle'], $redirect, $pipe);
    }

    protected function handle(): void
    {
        $this->write("$this->callback $this->queue");
        $this->exit(4);
    }

    public function cleanUp(): void
    {
        if (!$this->isClosed) {
            $this->isClosed = true;
            $this->close();
        }
    }
}
$task = new Task();
$task->start();
echo $task->read(), ' ', Task::wait()['code'], "\n";
$task->cleanUp();
$task->cleanUp();

final class Workers extends Manager
{
    public function __construct(int $key = 0)
    {
        parent::__construct(SWOOLE_IPC_UNIXSOCK, $key);
    }

    public function start(): void
    {
        $this->pool = new Pool(count($this->startFuncMap), $this->ipcType, $this->msgQueueKey, true);
        $this->pool->on(Constant::EVENT_WORKER_START, function (Pool $pool, int $id): void {
            [$call] = $this->startFuncMap[$id];
            $call($pool, $id);
        });
        $this->pool->on(Constant::EVENT_WORKER_STOP, function (Pool $pool, int $id): void {
            echo "worker $id stops\n";
        });
        $this->pool->start();
    }
}
$workers = new Workers();
$workers->add(function (Pool $pool, int $id): void {
    echo "worker $id is ", Coroutine::getCid() > 0 ? 'a coroutine' : 'none', "\n";
    $pool->shutdown();
});
$workers->start();

class Pipeline extends Channel
{
    protected bool $isClosed = false;
    public function push(mixed $data, float $timeout = -1): bool { return parent::push(["$data"], $timeout); }
    public function pop(float $timeout = -1): mixed { return parent::pop($timeout)[0] ?? null; }
    public function close(): bool { $this->isClosed = true; return parent::close(); }
    public function isTimeout(): bool { return !$this->isClosed && $this->errCode === SWOOLE_CHANNEL_TIMEOUT; }
}
class Group extends WaitGroup
{
    public static function of(int $count): static { return new static($count); }
    public function done(): void { echo 'done '; parent::done(); }
}
class Listener extends Socket
{
    private ?array $last = null;
    public function getsockname(): array { return $this->last = parent::getsockname() ?: $this->last ?? []; }
}
class Fake extends Socket
{
    public function __construct() {}
    public function connect(string $host, int $port = 0, float $timeout = 0): bool { return true; }
    public function close(): bool { return true; }
}
class Connections extends ConnectionPool
{
    private static ?self $instance = null;
    private function __construct(protected array $config) { parent::__construct(fn () => (object) $this->config, 2); }
    public static function get_instance(): self { return self::$instance ??= new self(['name' => 'connection']); }
    public function made(): int { return $this->num; }
}
final class Counting extends Server
{
    public int $handled = 0;
    public function handle(callable $fn): void
    {
        parent::handle(function (Server\Connection $connection) use ($fn): void {
            $this->handled++;
            $fn($connection);
        });
    }
}
class Co2 extends Coroutine
{
    private function __construct() {}
    public static function isIn(): bool { return static::getuid() > -1; }
    public static function create(callable $func, mixed ...$params): int|false { return parent::create($func, ...$params); }
}
class Five extends Atomic
{
    public function __construct(private readonly string $name) { parent::__construct(5); }
    public function add(int $add_value = 1): int { return parent::add($add_value) * 100; }
}
run(function (): void {
    $pipeline = new Pipeline(1);
    echo json_encode([$pipeline->push(7), $pipeline->pop(), $pipeline->pop(0.001), $pipeline->isTimeout(), $pipeline->close(), $pipeline->isTimeout()]), "\n";
    $group = Group::of(2);
    Co2::create($group->done(...));
    Co2::create(fn (Group $group) => $group->done(), $group);
    echo json_encode([$group->wait(), Co2::isIn(), (new Five('five'))->add()]), "\n";
    $listener = new Listener(AF_INET, SOCK_STREAM);
    $listener->bind('127.0.0.1');
    $listener->listen();
    $name = $listener->getsockname();
    $listener->close();
    var_dump($listener->getsockname() === $name, (new Fake())->connect('nowhere'));
    $connections = Connections::get_instance();
    $one = $connections->get();
    // It is broken: another one takes its place.
    $connections->put(null);
    $connections->fill();
    echo $one->name, ' ', $connections->made(), "\n";
    $server = new Counting('127.0.0.1');
    $server->handle(fn (Server\Connection $connection) => $connection->send('hello') && $server->shutdown());
    $client = new class(SWOOLE_SOCK_TCP) extends Client { public string $name = 'client'; };
    $client->connect('127.0.0.1', $server->port);
    $server->start();
    echo $client->name, ' got ', $client->recv(5), ", $server->handled connection\n";
});
?>
--EXPECT--
[128,[1,2],false,[1,2,3],{"a":{"data":"[1,2,3]"}},1]
a name of its own jobs 4
worker 0 is a coroutine
worker 0 stops
[true,"7",null,true,true,false]
done done [true,true,600]
bool(true)
bool(true)
connection 2
client got hello, 1 connection
