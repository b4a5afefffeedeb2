--TEST--
an event loop of a framework on Swoole\Event: timers, streams, signals and errors behind an interface, and an end that cancels coroutines
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\{Coroutine, Event, Process, Timer};

/** As Workerman drives its connections and timers. */
final class Loop
{
    private array $timers = [];
    private array $readers = [];
    private array $writers = [];
    private ?Closure $onError = null;

    public function delay(float $seconds, callable $call, array $arguments = []): int
    {
        $id = Timer::after(max(1, (int) ($seconds * 1000)), function () use (&$id, $call, $arguments): void {
            unset($this->timers[$id]);
            $this->call($call, $arguments);
        });
        return $this->timers[$id] = $id;
    }

    public function repeat(float $seconds, callable $call, array $arguments = []): int
    {
        $id = Timer::tick(max(1, (int) ($seconds * 1000)), fn () => $this->call($call, $arguments));
        return $this->timers[$id] = $id;
    }

    public function off(int $id): bool
    {
        if (!isset($this->timers[$id])) {
            return false;
        }
        unset($this->timers[$id]);
        return Timer::clear($id);
    }

    public function onReadable($stream, callable $call): void
    {
        $this->watch($stream, $this->readers, $this->writers, [fn () => $this->call($call, [$stream]), null], SWOOLE_EVENT_READ, SWOOLE_EVENT_WRITE);
        $this->readers[(int) $stream] = true;
    }

    public function onWritable($stream, callable $call): void
    {
        $this->watch($stream, $this->writers, $this->readers, [null, fn () => $this->call($call, [$stream])], SWOOLE_EVENT_WRITE, SWOOLE_EVENT_READ);
        $this->writers[(int) $stream] = true;
    }

    private function watch($stream, array $own, array $other, array $calls, int $event, int $otherEvent): void
    {
        $id = (int) $stream;
        match (true) {
            !isset($own[$id]) && !isset($other[$id]) => Event::add($stream, ...[...$calls, $event]),
            isset($other[$id]) => Event::set($stream, ...[...$calls, $event | $otherEvent]),
            default => Event::set($stream, ...[...$calls, $event]),
        };
    }

    public function offReadable($stream): void
    {
        unset($this->readers[(int) $stream]);
        isset($this->writers[(int) $stream]) ? Event::set($stream, null, null, SWOOLE_EVENT_WRITE) : Event::del($stream);
    }

    public function offWritable($stream): void
    {
        unset($this->writers[(int) $stream]);
        isset($this->readers[(int) $stream]) ? Event::set($stream, null, null, SWOOLE_EVENT_READ) : Event::del($stream);
    }

    public function onSignal(int $signal, callable $call): void
    {
        Process::signal($signal, fn () => $this->call($call, [$signal]));
    }

    public function onError(Closure $call): void
    {
        $this->onError = $call;
    }

    public function run(): void
    {
        Timer::tick(100_000_000, static fn () => null);
        Event::wait();
    }

    public function stop(): void
    {
        foreach (Coroutine::listCoroutines() as $cid) {
            Coroutine::cancel($cid);
        }
        Event::exit();
    }

    private function call(callable $call, array $arguments): void
    {
        try {
            $call(...$arguments);
        } catch (Throwable $e) {
            ($this->onError)($e);
        }
    }
}

$said = [];
function say(string $text): void
{
    $GLOBALS['said'][] = $text;
}

$loop = new Loop();
$loop->onError(fn (Throwable $e) => say("error: {$e->getMessage()}"));
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
stream_set_blocking($a, false);
stream_set_blocking($b, false);
$left = str_repeat('x', 300_000);
$received = 0;
// A response that does not fit into the socket at once.
$loop->onWritable($a, function ($stream) use ($loop, &$left): void {
    $left = substr($left, (int) fwrite($stream, $left));
    if ($left === '') {
        say('all sent');
        $loop->offWritable($stream);
    }
});
$loop->onReadable($a, function ($stream) use ($loop): void {
    say('answer: ' . fread($stream, 100));
    $loop->offReadable($stream);
    fclose($stream);
    posix_kill(getmypid(), SIGUSR1);
});
$loop->onReadable($b, function ($stream) use (&$received, $loop): void {
    $received += strlen((string) fread($stream, 65536));
    if ($received === 300_000) {
        say('all received');
        fwrite($stream, 'thanks');
        $loop->offReadable($stream);
    }
});
$ticks = 0;
$tick = $loop->repeat(0.001, function () use (&$ticks, &$tick, $loop): void {
    if (++$ticks === 3) {
        say('off ' . json_encode([$loop->off($tick), $loop->off($tick)]));
    }
});
$loop->delay(0, fn () => throw new RuntimeException('in a timer'));
$never = $loop->delay(60, fn () => say('never'));
// Coroutines of requests that still wait at the end are cancelled.
$loop->delay(0, function (): void {
    say('coroutine ' . json_encode([Coroutine::getCid() > 0, Coroutine::sleep(60), Coroutine::isCanceled()]));
});
$loop->onSignal(SIGUSR1, function (int $signal) use ($loop, &$ticks): void {
    say($signal === SIGUSR1 ? 'signal' : 'another signal');
    $loop->repeat(0.001, function () use ($loop, &$ticks): void {
        if ($ticks >= 3) {
            $loop->stop();
        }
    });
});
$loop->run();
// Timers and streams come in any order.
sort($said);
echo implode("\n", $said), "\n";
echo "the loop has ended\n";
Process::signal(SIGUSR1, null);
?>
--EXPECT--
all received
all sent
answer: thanks
coroutine [true,false,true]
error: in a timer
off [true,false]
signal
the loop has ended
