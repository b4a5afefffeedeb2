--TEST--
a manager that talks in packets with its workers: exported sockets on both sides, the manager's watched by the loop; signals of pcntl in workers that are coroutines
--EXTENSIONS--
pcntl
--FILE--
<?php
use Co\{Channel, WaitGroup};
use Swoole\{Coroutine, Event, Process, Runtime};
use Swoole\Coroutine\Socket;

/** As queue managers speak with their processes. */
final class Line
{
    public function __construct(private readonly Socket $socket)
    {
        $socket->setProtocol(['open_length_check' => true, 'package_length_type' => 'N', 'package_length_offset' => 0, 'package_body_offset' => 4]);
    }

    public function send(string $type, mixed $data = null): void
    {
        $packet = json_encode([$type, $data]);
        $this->socket->sendAll(pack('N', strlen($packet)) . $packet);
    }

    public function recv(): array
    {
        return json_decode(substr((string) $this->socket->recvPacket(), 4), true) ?? ['closed', null];
    }
}

pcntl_async_signals(true);
$processes = [];
$said = [];
Process::signal(SIGCHLD, function () use (&$processes, &$said): void {
    while ($end = Process::wait(false)) {
        $said[] = "worker ended with {$end['code']}";
        Event::del($processes[$end['pid']]->pipe);
        unset($processes[$end['pid']]);
        $processes === [] && Event::exit();
    }
});
for ($i = 0; $i < 2; $i++) {
    $process = new Process(function (Process $process) use ($i): void {
        Runtime::enableCoroutine(SWOOLE_HOOK_ALL);
        swoole_set_process_name("queue worker $i");
        $line = new Line($process->exportSocket());
        pcntl_signal(SIGUSR1, fn () => $line->send('status', 'idle'));
        pcntl_signal(SIGALRM, fn () => $process->exit(99));
        $jobs = new Channel(10);
        $group = new WaitGroup();
        go(function () use ($line, $jobs): void {
            while (([$type, $data] = $line->recv()) && $type === 'job') {
                $jobs->push($data);
            }
            $jobs->close();
        });
        for ($n = 0; $n < 3; $n++) {
            $group->add();
            go(function () use ($line, $jobs, $group): void {
                while (($job = $jobs->pop()) !== false) {
                    usleep(1000);
                    $line->send('done', $job);
                }
                $group->done();
            });
        }
        go(fn () => $line->send('ready'));
        // Signals of pcntl come while all coroutines wait.
        $group->wait();
        $process->exit(40 + $i);
    }, false, SOCK_STREAM, true);
    $pid = $process->start();
    $processes[$pid] = $process;
    $line = new Line($process->exportSocket());
    $done = 0;
    Event::add($process->pipe, function () use ($line, $pid, $i, &$said, $done): void {
        static $counts = [];
        [$type, $data] = $line->recv();
        if ($type === 'ready') {
            Process::kill($pid, SIGUSR1);
        } elseif ($type === 'status') {
            $said[] = "worker $i is $data";
            foreach (range(1, 6) as $job) {
                $line->send('job', $job);
            }
        } elseif ($type === 'done' && ($counts[$pid] = ($counts[$pid] ?? 0) + $data) === 21) {
            $said[] = "worker $i has done all jobs";
            $line->send('stop');
        }
    });
}
Event::wait();
sort($said);
echo implode("\n", $said), "\n";
?>
--EXPECT--
worker 0 has done all jobs
worker 0 is idle
worker 1 has done all jobs
worker 1 is idle
worker ended with 40
worker ended with 41
