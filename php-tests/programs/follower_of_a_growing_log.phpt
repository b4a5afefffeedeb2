--TEST--
a follower of logs: the loop watches the output of tail, and each callback reads all that has come
--FILE--
<?php
use Swoole\Event;

final class Follower
{
    private mixed $tail = null;
    private array $pipes = [];

    public function __construct(private readonly string $file, private readonly Closure $onData) {}

    public function start(): bool
    {
        $this->tail = proc_open(['tail', '-f', $this->file], [['pipe', 'r'], ['pipe', 'w'], ['pipe', 'w']], $this->pipes);
        return swoole_event_add($this->pipes[1], $this->handle(...)) > 2;
    }

    private function handle(mixed $pipe): void
    {
        ($this->onData)($this, stream_get_contents($pipe));
    }

    public function stop(): bool
    {
        $stopped = swoole_event_del($this->pipes[1]) && proc_terminate($this->tail);
        array_map(fclose(...), $this->pipes);
        proc_close($this->tail);
        return $stopped;
    }
}

file_put_contents($log = tempnam(sys_get_temp_dir(), 'log'), "first\n");
$lines = '';
$follower = new Follower($log, function (Follower $follower, string $data) use (&$lines, $log): void {
    $lines .= $data;
    match ($lines) {
        "first\n" => file_put_contents($log, "second\nthird\n", FILE_APPEND),
        "first\nsecond\nthird\n" => var_dump($follower->stop()),
        default => null,
    };
});
var_dump($follower->start());
Event::wait();
unlink($log);
echo $lines;

// A command that is followed line by line, up to its end.
$command = popen('echo hello; echo there; exit 3', 'r');
swoole_event_add($command, function ($command): void {
    while (($line = fgets($command)) !== false) {
        echo "got $line";
    }
    if (feof($command)) {
        swoole_event_del($command);
        echo 'status ', pclose($command), "\n";
    }
});
Event::wait();
?>
--EXPECT--
bool(true)
bool(true)
first
second
third
got hello
got there
status 3
