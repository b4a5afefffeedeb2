--TEST--
a layer over coroutines: objects for coroutines, contexts that are copied, mutexes of channels, waiters that are resumed, sockets with a queue of what is sent
--FILE--
<?php
declare(strict_types=1);
use Swoole\Coroutine as SwooleCoroutine;
use Swoole\Coroutine\{Barrier, Channel, Socket, System};
use Swoole\Runtime;

/** As Hyperf and Workerman have it. */
final class Coroutine
{
    private ?int $id = null;

    private function __construct(private readonly Closure $call) {}

    public static function create(callable $call, mixed ...$arguments): static
    {
        $coroutine = new static($call(...));
        $coroutine->id = SwooleCoroutine::create($coroutine->call, ...$arguments);
        return $coroutine;
    }

    public function getId(): int
    {
        return $this->id;
    }

    public static function parent(?int $id = null): int
    {
        $parent = $id === null ? SwooleCoroutine::getPcid() : SwooleCoroutine::getPcid($id);
        return $parent === false ? throw new LogicException('no parent') : max(0, $parent);
    }

    public static function context(?int $id = null): ?ArrayObject
    {
        return $id === null ? SwooleCoroutine::getContext() : SwooleCoroutine::getContext($id);
    }

    /** A value that some engines pass to the resumer. */
    public static function suspend(mixed $value = null): mixed
    {
        // With the engine's own checks, no function takes more arguments than it declares.
        return PHP_DEBUG ? SwooleCoroutine::suspend() : SwooleCoroutine::suspend($value);
    }
}

final class Context
{
    private static array $outside = [];

    public static function set(string $key, mixed $value): void
    {
        if (SwooleCoroutine::getCid() > 0) {
            Coroutine::context()[$key] = $value;
        } else {
            self::$outside[$key] = $value;
        }
    }

    public static function get(string $key, mixed $default = null): mixed
    {
        return (SwooleCoroutine::getCid() > 0 ? Coroutine::context() : self::$outside)[$key] ?? $default;
    }

    public static function copy(int $from, array $keys): void
    {
        $all = Coroutine::context($from)->getArrayCopy();
        Coroutine::context()->exchangeArray(array_intersect_key($all, array_flip($keys)));
    }
}

final class Mutex
{
    private static array $channels = [];

    public static function lock(string $key, float $timeout = -1): bool
    {
        return (self::$channels[$key] ??= new Channel(1))->push(1, $timeout);
    }

    public static function unlock(string $key, float $timeout = 0.001): bool
    {
        return self::$channels[$key]->pop($timeout) === 1;
    }
}

final class Once
{
    private static array $waiting = [];

    public static function enter(string $key): bool
    {
        if (!isset(self::$waiting[$key])) {
            self::$waiting[$key] = [];
            return true;
        }
        self::$waiting[$key][] = SwooleCoroutine::getCid();
        SwooleCoroutine::yield();
        return false;
    }

    public static function leave(string $key): void
    {
        array_map(SwooleCoroutine::resume(...), self::$waiting[$key]);
        unset(self::$waiting[$key]);
    }
}

final class QueueingSocket
{
    private readonly Channel $queue;
    private bool $isRunning = false;

    public function __construct(private readonly Socket $socket)
    {
        $this->queue = new Channel(65535);
    }

    public function send(string $data, float $timeout = 0): bool
    {
        if (!$this->isRunning) {
            $this->isRunning = true;
            go(function (): void {
                while (is_array($item = $this->queue->pop(-1))) {
                    $this->socket->sendAll(...$item);
                }
            });
        }
        return $this->queue->push([$data, $timeout], $timeout);
    }

    public function recv(float $timeout): string
    {
        return match ($packet = $this->socket->recvPacket($timeout)) {
            '', false => $this->socket->errCode === SOCKET_ETIMEDOUT ? 'timed out' : 'closed',
            default => substr($packet, 4),
        };
    }

    public function close(): void
    {
        $this->queue->close();
        $this->socket->close();
    }
}

function run(callable ...$calls): bool
{
    Runtime::enableCoroutine(SWOOLE_HOOK_ALL);
    try {
        return SwooleCoroutine\run(...$calls);
    } finally {
        Runtime::enableCoroutine(0);
    }
}

Context::set('where', 'outside');
echo Context::get('where'), ' ', json_encode([Coroutine::context(), SwooleCoroutine::getCid()]), "\n";
try {
    Coroutine::parent();
} catch (LogicException $e) {
    echo $e->getMessage(), "\n";
}
$returned = run(function (): void {
    $me = SwooleCoroutine::getCid();
    Context::set('user', 'ada');
    Context::set('secret', new stdClass());
    $child = Coroutine::create(function (string $a, int $b) use ($me): void {
        Context::copy($me, ['user']);
        echo json_encode([$a, $b, Context::get('user'), Context::get('secret'), Context::get('where', 'inside'), Coroutine::parent() === $me]), "\n";
        echo json_encode([Coroutine::suspend('a value'), 'resumed']), "\n";
    }, 'argument', 2);
    echo json_encode([SwooleCoroutine::exists($child->getId()), Coroutine::parent($child->getId()) === $me, count(iterator_to_array(SwooleCoroutine::list()))]), "\n";
    SwooleCoroutine::resume($child->getId());
    echo json_encode([SwooleCoroutine::exists($child->getId()), SwooleCoroutine::getPcid($child->getId())]), "\n";

    echo json_encode([Mutex::lock('m'), Mutex::lock('m', 0.001), Mutex::unlock('m'), Mutex::unlock('m')]), "\n";

    $made = 0;
    $barrier = Barrier::make();
    for ($i = 0; $i < 3; $i++) {
        Coroutine::create(function () use ($barrier, &$made): void {
            if (Once::enter('connection')) {
                usleep(1000);
                $made++;
                Once::leave('connection');
            }
        });
    }
    Barrier::wait($barrier, 5);
    var_dump($made, $barrier);

    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    foreach ([$a, $b] as $socket) {
        $socket->setProtocol(['open_length_check' => true, 'package_max_length' => 2 * 1024 * 1024, 'package_length_type' => 'N', 'package_length_offset' => 0, 'package_body_offset' => 4]);
    }
    [$a, $b] = [new QueueingSocket($a), new QueueingSocket($b)];
    foreach (['one', 'two', 'three'] as $text) {
        $a->send(pack('N', strlen($text)) . $text);
    }
    echo implode(' ', array_map(fn () => $b->recv(5), range(1, 3))), ', ', $b->recv(0.001);
    $a->close();
    echo ', ', $b->recv(5), "\n";
    var_dump(System::waitSignal(SIGUSR1, 0.001));
});
echo json_encode([$returned, Runtime::getHookFlags()]), "\n";
?>
--EXPECT--
outside [null,-1]
no parent
["argument",2,"ada",null,"inside",true]
[true,true,2]
[true,"resumed"]
[false,false]
[true,false,true,false]
int(1)
NULL
one two three, timed out, closed
bool(false)
[true,0]
