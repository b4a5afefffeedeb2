--TEST--
signals are waited for by coroutines with a time limit, and a coordinator wakes all that wait for the end
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\{Channel, System};
use function Swoole\Coroutine\{go, run};

/** As Hyperf's coordinators: closed once, and everybody who waits goes on. */
final class Coordinator
{
    private Channel $channel;

    public function __construct()
    {
        $this->channel = new Channel(1);
    }

    public function yield(float $timeout = -1): bool
    {
        $this->channel->pop($timeout);
        return $this->channel->errCode === SWOOLE_CHANNEL_CLOSED;
    }

    public function resume(): void
    {
        $this->channel->close();
    }
}

run(function (): void {
    $exit = new Coordinator();
    $stopped = false;
    $handled = [];
    foreach ([SIGUSR1, SIGUSR2] as $signal) {
        go(function () use ($signal, &$stopped, &$handled, $exit): void {
            while (!$stopped) {
                if (System::waitSignal($signal, 0.02)) {
                    $handled[] = $signal;
                    count($handled) === 2 && $exit->resume();
                }
            }
        });
    }
    $rounds = 0;
    $ended = [];
    go(function () use ($exit, &$rounds, &$ended): void {
        while (!$exit->yield(0.001)) {
            $rounds++;
        }
        $ended[] = 'a loop with an interval';
    });
    go(function () use ($exit, &$ended): void {
        $ended[] = $exit->yield() ? 'one that waited' : 'too early';
    });
    // Contexts of the coroutine and of those above it.
    Coroutine::getContext()['request'] = 'r1';
    go(function (): void {
        $parent = Coroutine::getPcid();
        $copy = Coroutine::getContext($parent)->getArrayCopy();
        Coroutine::getContext()->exchangeArray($copy);
        Coroutine::defer(fn () => print("deferred: " . Coroutine::getContext()['request'] . "\n"));
        echo Coroutine::getContext()['request'], ' ', var_export(Coroutine::getPcid(999_999), true), "\n";
    });
    Coroutine::sleep(0.03);
    posix_kill(getmypid(), SIGUSR1);
    Coroutine::sleep(0.01);
    posix_kill(getmypid(), SIGUSR2);
    var_dump($exit->yield(5));
    $stopped = true;
    sort($handled);
    while (count($ended) < 2) {
        Coroutine::sleep(0.001);
    }
    sort($ended);
    echo implode(', ', $ended), "\n";
    var_dump($handled === [SIGUSR1, SIGUSR2], $rounds > 0);
});
?>
--EXPECT--
r1 false
deferred: r1
bool(true)
a loop with an interval, one that waited
bool(true)
bool(true)
