--TEST--
a master that forks by pcntl and waits for workers, which accept connections in an event loop and end it from a timer
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\{Coroutine, Event, Process, Timer};

/** As Workerman runs with its loop on Swoole\Event. */
final class Master
{
    private array $pids = [];
    private bool $isStopping = false;
    private readonly int $pid;
    private array $ready;

    public function __construct(private $listener)
    {
        $this->pid = getmypid();
        $this->ready = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        stream_set_blocking($listener, false);
        pcntl_signal(SIGINT, fn () => $this->stop(), false);
    }

    public function fork(int $count): void
    {
        while (count($this->pids) < $count) {
            $pid = pcntl_fork();
            if ($pid === 0) {
                $this->work();
            }
            $this->pids[$pid] = $pid;
            fread($this->ready[0], 1);
        }
    }

    public function stop(): void
    {
        $this->isStopping = true;
        if (getmypid() === $this->pid) {
            array_map(fn (int $pid) => posix_kill($pid, SIGINT), $this->pids);
            return;
        }
        Event::del($this->listener);
        Timer::tick(1, function (): void {
            foreach (Coroutine::listCoroutines() as $cid) {
                Coroutine::cancel($cid);
            }
            Event::exit();
            try {
                exit(0);
            } catch (Throwable) {
                // The loop ends, and then the process.
            }
        });
    }

    /** Waits until a worker ends, and forks another in its place. */
    public function reap(): void
    {
        $pid = pcntl_wait($status);
        unset($this->pids[$pid]);
        echo "a worker ended with $status\n";
        $this->isStopping || $this->fork(2);
    }

    private function work(): never
    {
        pcntl_signal(SIGINT, SIG_IGN, false);
        Process::signal(SIGINT, fn () => $this->stop());
        Event::add($this->listener, function (): void {
            $client = @stream_socket_accept($this->listener, 0);
            if ($client === false) {
                return;
            }
            stream_set_blocking($client, false);
            Event::add($client, function () use ($client): void {
                $request = fread($client, 1000);
                if ($request === 'crash') {
                    Process::kill(getmypid(), SIGKILL);
                }
                Coroutine::sleep(0.001);
                fwrite($client, strtoupper($request));
                Event::del($client);
                fclose($client);
            });
        });
        // A coroutine that waits at the end is cancelled.
        Coroutine::create(fn () => Coroutine::sleep(1000));
        Timer::tick(100_000_000, static fn () => null);
        fwrite($this->ready[1], 'r');
        Event::wait();
        exit($this->isStopping ? 0 : 250);
    }
}

$listener = stream_socket_server('tcp://127.0.0.1:0');
$address = stream_socket_get_name($listener, false);
$master = new Master($listener);
$master->fork(2);
$ask = function (string $request) use ($address): string {
    $client = stream_socket_client("tcp://$address");
    fwrite($client, $request);
    return stream_get_contents($client);
};
echo $ask('one'), $ask('two'), $ask('crash'), "\n";
$master->reap();
echo $ask('three'), "\n";
posix_kill(getmypid(), SIGINT);
pcntl_signal_dispatch();
$master->reap();
$master->reap();
?>
--EXPECT--
ONETWO
a worker ended with 9
THREE
a worker ended with 0
a worker ended with 0
