--TEST--
in a destructor that the cycle collector runs nothing waits; what starts or wakes others does so from the loop
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\{Channel, Socket, WaitGroup};
use function Swoole\Coroutine\{go, run};

/** Calls something when it is collected. */
final class Garbage
{
    public self $self;

    public function __construct(private Closure $f)
    {
        $this->self = $this;
    }

    public function __destruct()
    {
        ($this->f)();
    }
}

function collect(Closure $f): void
{
    new Garbage($f);
    gc_collect_cycles() > 0 || print("nothing was collected\n");
}

function tried(Closure $f): string
{
    try {
        return json_encode($f());
    } catch (Throwable $e) {
        return $e->getMessage();
    }
}

echo "waits\n";
run(function () {
    $full = new Channel(1);
    $full->push(1);
    collect(function () use ($full) {
        foreach ([
            'sleep' => fn () => Coroutine::sleep(0.001),
            'yield' => fn () => Coroutine::yield(),
            'push' => fn () => $full->push(2),
            'join' => fn () => Coroutine::join([Coroutine::getCid() + 1]),
            'exec' => fn () => Coroutine\System::exec('true'),
            // These do not.
            'isCanceled' => fn () => Coroutine::isCanceled(),
            'setTimeLimit' => fn () => Coroutine::setTimeLimit(0),
            'usleep' => fn () => usleep(1),
        ] as $name => $f) {
            echo "$name: ", tried($f), "\n";
        }
    });
});

echo "starts and wakes\n";
run(function () {
    $log = [];
    $note = function (string $what) use (&$log) {
        $log[] = $what;
    };
    $sleeper = go(function () use ($note) {
        Coroutine::sleep(5);
        Coroutine::isCanceled() && $note('cancelled');
    });
    $thrown = go(function () use ($note) {
        try {
            Coroutine::sleep(5);
        } catch (Coroutine\CanceledException) {
            $note('cancelled with an exception');
        }
    });
    $yields = go(function () use ($note) {
        Coroutine::yield();
        $note('resumed');
    });
    $channel = new Channel(1);
    go(fn () => $note('popped ' . $channel->pop()));
    $closed = new Channel(1);
    go(fn () => $note('closed ' . json_encode($closed->pop())));
    $group = new WaitGroup(1);
    go(fn () => $note('done ' . json_encode($group->wait())));
    $sockets = [];
    foreach (['closed', 'no more awaited'] as $name) {
        $sockets[] = $socket = new Socket(AF_INET, SOCK_DGRAM, 0);
        $socket->bind('127.0.0.1');
        go(fn () => $note("$name " . json_encode($socket->recvfrom($peer, 5))));
    }
    $during = null;
    collect(function () use ($note, $sleeper, $thrown, $yields, $channel, $closed, $group, $sockets, &$log, &$during) {
        $during = [
            go(function () use ($note) {
                $note('started');
                Coroutine::sleep(0.001);
                $note('slept');
            }) > 0,
            Coroutine::cancel($sleeper),
            Coroutine::cancel($thrown, true),
            Coroutine::resume($yields),
            $channel->push('value'),
            $closed->close(),
            $group->done(),
            $sockets[0]->close(),
            $sockets[1]->cancel(),
            $log,
        ];
    });
    echo json_encode($during), "\n";
    while (count($log) < 10) {
        Coroutine::sleep(0.001);
    }
    sort($log);
    echo implode("\n", $log), "\n";
});

echo "others collect meanwhile, and what is begun there ends\n";
run(function () {
    collect(function () {
        new Garbage(fn () => print("nested: " . tried(fn () => Coroutine::sleep(0.001)) . "\n"));
        go(fn () => collect(fn () => print("in another: " . tried(fn () => Coroutine::sleep(0.001)) . "\n")));
    });
    Coroutine::sleep(0.001);
    collect(fn () => print("again\n"));
});

echo "with a loop of its own\n";
collect(function () {
    run(function () {
        Coroutine::sleep(0.001);
        echo "slept\n";
        go(function () {
            Coroutine::sleep(0.001);
            echo "slept too\n";
        });
    });
});

echo "by itself\n";
run(function () {
    $said = false;
    new Garbage(function () use (&$said) {
        $said = tried(fn () => Coroutine::sleep(0.001));
    });
    for ($i = 0; $i < 20000 && $said === false; $i++) {
        $x = new stdClass();
        $x->x = $x;
    }
    echo $said, "\n";
});

echo "from the loop of the script, and when that is over not at all\n";
collect(function () {
    go(fn () => print("begun\n"));
});
Swoole\Event::wait();
final class AtTheEnd
{
    public function __destruct()
    {
        collect(fn () => print((go(fn () => print("begun too late\n")) > 0 ? 'made' : 'not made') . "\n"));
    }
}
$last = new AtTheEnd();
?>
--EXPECT--
waits
sleep: cannot switch coroutines in the current execution context
yield: cannot switch coroutines in the current execution context
push: cannot switch coroutines in the current execution context
join: cannot switch coroutines in the current execution context
exec: cannot switch coroutines in the current execution context
isCanceled: false
setTimeLimit: false
usleep: null
starts and wakes
[true,true,true,true,true,true,null,true,true,[]]
cancelled
cancelled with an exception
closed false
closed false
done true
no more awaited false
popped value
resumed
slept
started
others collect meanwhile, and what is begun there ends
nested: cannot switch coroutines in the current execution context
in another: cannot switch coroutines in the current execution context
again
with a loop of its own
slept
slept too
by itself
cannot switch coroutines in the current execution context
from the loop of the script, and when that is over not at all
begun
made
