--TEST--
processes that run their task in a coroutine: a subclass of Process, a service on a path, an end by SIGTERM, by exit() and by an exception
--FILE--
<?php
declare(strict_types=1);
use Swoole\{Coroutine, Event, ExitException, Process, Timer};
use Swoole\Coroutine\{Channel, Client, Server, System};
use Swoole\Coroutine\Server\Connection;

const PACKETS = ['open_length_check' => true, 'package_length_type' => 'N', 'package_length_offset' => 0, 'package_body_offset' => 4];

/** Signals that any number of coroutines wait for, as imi waits for them. */
final class Signals
{
    private static array $channels = [];
    private static array $waiting = [];

    public static function wait(int $signal): bool
    {
        self::$channels[$signal][Coroutine::getCid()] = $channel = new Channel(1);
        self::$waiting[$signal] ??= Coroutine::create(function () use ($signal): void {
            $came = System::waitSignal($signal);
            foreach (self::$channels[$signal] ?? [] as $channel) {
                $channel->push($came);
            }
        });
        return (bool) $channel->pop();
    }

    public static function clear(): void
    {
        array_walk_recursive(self::$channels, fn (Channel $channel) => $channel->close());
        self::$channels = [];
        foreach (self::$waiting as $cid) {
            Coroutine::cancel($cid);
        }
    }
}

final class Task extends Process
{
    private ?Server $server = null;

    public static function of(Closure $task, string $path): static
    {
        return new static(static function (self $process) use ($task, $path): void {
            $status = 0;
            Coroutine\run(static function () use ($process, $task, $path, &$status): void {
                $end = static function () use ($process): void {
                    static $isOver = false;
                    if (!$isOver) {
                        $isOver = true;
                        $process->server?->shutdown();
                        Signals::clear();
                        Timer::clearAll();
                        echo "end\n";
                    }
                };
                Coroutine::create(static function () use ($end): void {
                    if (Signals::wait(SIGTERM)) {
                        echo "SIGTERM\n";
                        $end();
                    }
                });
                Coroutine::defer($end);
                Timer::after(60_000, static fn () => Event::exit());
                try {
                    echo $process->pid === getmypid() ? 'this process' : 'another process', "\n";
                    $process->serve($path);
                    $task($process);
                } catch (ExitException $e) {
                    $status = $e->getStatus();
                } catch (Throwable $e) {
                    echo $e->getMessage(), "\n";
                    $status = 255;
                }
            });
            if ($status !== 0) {
                exit($status);
            }
        }, false, SOCK_DGRAM);
    }

    /** The parent has processes that it has not started. */
    public function exit(int $exit_code = 0): void
    {
        $this->pid > 0 ? parent::exit($exit_code) : print("not started\n");
    }

    private function serve(string $path): void
    {
        $this->server = new Server("unix:$path");
        $this->server->set(PACKETS);
        $this->server->handle(static function (Connection $connection): void {
            while (($packet = $connection->recv()) !== '' && $packet !== false) {
                ['action' => $action, 'data' => $data] = swoole_substr_unserialize($packet, 4);
                $answer = serialize($action === 'sum' ? array_sum($data) : null);
                $connection->send(pack('N', strlen($answer)) . $answer);
            }
            $connection->close();
        });
        Coroutine::create($this->server->start(...));
    }
}

$path = sys_get_temp_dir() . '/task-' . getmypid();
foreach ([fn () => exit(7), fn () => throw new Exception('a task that fails'), fn (Task $task) => $task->exit(3)] as $task) {
    Task::of($task, $path)->start();
    $code = Process::wait()['code'];
    echo "ended with $code\n";
    @unlink($path);
}
Task::of(fn () => null, $path)->exit();

// The task waits for the signal as well.
$process = Task::of(fn () => print(Signals::wait(SIGTERM) ? "the task ends\n" : "the wait of the task ends\n"), $path);
$process->start();
Coroutine\run(function () use ($path): void {
    $client = new Client(SWOOLE_SOCK_UNIX_STREAM);
    $client->set(PACKETS);
    while (!@$client->connect($path)) {
        Coroutine::sleep(0.001);
    }
    $question = serialize(['action' => 'sum', 'data' => range(1, 10)]);
    $client->send(pack('N', strlen($question)) . $question);
    var_dump(swoole_substr_unserialize($client->recv(), 4));
});
Process::kill($process->pid);
$code = Process::wait()['code'];
echo "ended with $code\n";
@unlink($path);
?>
--EXPECT--
this process
end
ended with 7
this process
a task that fails
end
ended with 255
this process
ended with 3
not started
this process
int(55)
SIGTERM
the wait of the task ends
end
ended with 0
