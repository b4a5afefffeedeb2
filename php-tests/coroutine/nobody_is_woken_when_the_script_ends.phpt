--TEST--
Coroutine: when the script ends those that wait are unwound, and by that nobody is woken; all destructors have run before
--FILE--
<?php
use Swoole\{Coroutine, Event};
use Swoole\Coroutine\{Channel, System, WaitGroup};
use function Swoole\Coroutine\{batch, defer, go};
Coroutine::set(['enable_deadlock_check' => false]);

final class Noted
{
    public function __construct(private string $name)
    {
    }

    public function __destruct()
    {
        echo "$this->name is destroyed\n";
    }
}

/** Waits, which nothing ends but the end of the script; whatever comes then must not be reached. */
function waits(string $name, callable $wait): int
{
    return go(function () use ($name, $wait) {
        $noted = new Noted($name);
        defer(fn () => print("not reached: deferred call of $name\n"));
        try {
            $wait();
            echo "not reached: $name goes on\n";
        } catch (Throwable) {
            echo "not reached: an exception in $name\n";
        } finally {
            echo "not reached: finally of $name\n";
        }
    });
}

$yields = waits('yield', fn () => Coroutine::yield());
$joins = waits('join', fn () => Coroutine::join([$yields]));
waits('join of a join', fn () => Coroutine::join([$joins]));
waits('join in a Fiber', function () {
    $ended = go(fn () => Coroutine::yield());
    (new Fiber(fn () => Coroutine::join([$ended])))->start();
});
waits('batch', fn () => batch([fn () => Coroutine::yield(), fn () => 1]));
$group = new WaitGroup(1);
waits('WaitGroup', fn () => $group->wait());
waits('what the WaitGroup waits for', function () use ($group) {
    defer(fn () => $group->done());
    Coroutine::yield();
});
$channel = new Channel(1);
waits('pop', fn () => $channel->pop());
waits('second pop', fn () => $channel->pop());
$full = new Channel(1);
waits('push', function () use ($full) {
    $full->push(1);
    $full->push(2);
});
// Its buffer goes out, and the callback of that may do anything.
waits('buffer', function () use ($channel, $yields, $joins) {
    ob_start(function (string $text) use ($channel, $yields, $joins) {
        $channel->close();
        $results = [@Coroutine::resume($yields), Coroutine::cancel($joins), Coroutine::exists($joins)];
        return $text . json_encode($results) . "\n";
    });
    echo 'left in a buffer: ';
    Coroutine::yield();
});
[$one, $other] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
waits('descriptor', fn () => System::waitEvent($one));
waits('signal', fn () => System::waitSignal(SIGUSR1));
waits('sleep', fn () => Coroutine::sleep(100));
waits('join with a limit', fn () => Coroutine::join([go(fn () => Coroutine::sleep(100))], 50));
// The loop is left with all of them in it.
Event::defer(fn () => Event::exit());
Event::wait();
echo "end of the script\n";
?>
--EXPECT--
end of the script
yield is destroyed
join is destroyed
join of a join is destroyed
join in a Fiber is destroyed
batch is destroyed
WaitGroup is destroyed
what the WaitGroup waits for is destroyed
pop is destroyed
second pop is destroyed
push is destroyed
buffer is destroyed
descriptor is destroyed
signal is destroyed
sleep is destroyed
join with a limit is destroyed
left in a buffer: [false,false,false]
