--TEST--
keep_message and max_retries: WorkerError tells the message that a crashed worker was handling, and its next process handles it again
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\Atomic;
use Swoole\Process;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();
foreach ([SWOOLE_IPC_UNIXSOCK, SWOOLE_IPC_MSGQUEUE] as $type) {
    $wire = new Wire();
    $pool = new Pool(1, $type);
    $pool->set(['keep_message' => 64, 'max_retries' => 2, 'restart_delay' => 0]);
    $pool->on('Start', function (Pool $pool) use ($type) {
        foreach (['first', 'exception', 'killed once', str_repeat('large ', 20), 'exit 0', 'last'] as $text) {
            $type === SWOOLE_IPC_UNIXSOCK ? $pool->sendMessage($text, 0) : $pool->getProcess(0)->push($text);
        }
    });
    $killed = new Atomic();
    $pool->on('Message', function (Pool $pool, string $text) use ($wire, $killed) {
        $wire->tell('handles', substr($text, 0, 12));
        match (true) {
            $text === 'exception' => exit(7),
            $text === 'killed once' && $killed->add() === 1, str_starts_with($text, 'large') => posix_kill(getmypid(), SIGKILL),
            $text === 'exit 0' => exit(0),
            $text === 'last' => $pool->shutdown(),
            default => null,
        };
    });
    $pool->on('WorkerError', fn (Pool $pool, int $id, array $report) => $wire->tell(
        "  $report[code] $report[signal]", $report['message'], $report['retries'], $report['retry'],
    ));
    $pool->start();
    echo implode("\n", $wire->hearAll()), "\n";
}
echo implode("\n", array_unique(log_lines())), "\n";

echo "a stop handles what waits, and what is lost is counted\n";
foreach ([1, 3] as $crashes) {
    $wire = new Wire();
    $crashed = new Atomic();
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
    $pool->set(['keep_message' => '1K', 'max_retries' => 5, 'restart_delay' => 1000, 'restart_max_delay' => 1000, 'max_wait_time' => 60]);
    $pool->on('Start', fn (Pool $pool) => $pool->sendMessage('a', 0));
    $pool->on('Message', function () use ($wire, $crashed, $crashes) {
        $wire->tell('handles');
        $crashed->add() <= $crashes && exit(1);
    });
    $pool->on('WorkerError', fn (Pool $pool) => $pool->shutdown());
    $pool->start();
    echo implode(' ', $wire->hearAll()), "\n";
}
echo array_slice(log_lines(), -1)[0], "\n";

echo "a worker that has left finishes its message itself\n";
$wire = new Wire();
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
$pool->set(['keep_message' => 64, 'max_retries' => 1, 'restart_delay' => 0]);
$pool->on('Start', fn (Pool $pool) => $pool->sendMessage('leave', 0) && $pool->sendMessage('next', 0));
$pool->on('Message', function (Pool $pool, string $text) use ($wire) {
    $wire->tell($text);
    $text === 'leave' ? $pool->detach() && exit(1) : $pool->shutdown();
});
$pool->start();
echo implode(' ', $wire->hearAll()), "\n";

foreach ([[['keep_message' => '2M'], 1], [['max_retries' => 1], 1], [['keep_message' => 9, 'max_retries' => 1], 3], [['keep_message' => 9, 'enable_coroutine' => true], 1]] as [$settings, $type]) {
    try {
        (new Pool(1, $type))->set($settings);
    } catch (Swoole\Exception $e) {
        echo $e->getMessage(), "\n";
    }
}
?>
--EXPECT--
handles first
handles exception
  7 0 exception 0 true
handles exception
  7 0 exception 1 true
handles exception
  7 0 exception 2 false
handles killed once
  0 9 killed once 0 true
handles killed once
handles large large 
  0 9 null 0 false
handles exit 0
handles last
handles first
handles exception
  7 0 exception 0 true
handles exception
  7 0 exception 1 true
handles exception
  7 0 exception 2 false
handles killed once
  0 9 killed once 0 true
handles killed once
handles large large 
  0 9 null 0 false
handles exit 0
handles last
WARNING	worker 0 (pid N) exited with code 7 after T s, restarts so far: 0, its message will be handled again; restarting in T s
WARNING	worker 0 (pid N) exited with code 7 after T s, restarts so far: 1, its message will be handled again; restarting in T s
WARNING	worker 0 (pid N) exited with code 7 after T s, restarts so far: 2, its message will not be handled again; restarting in T s
WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 3, its message will be handled again; restarting in T s
WARNING	worker 0 (pid N) was killed by SIGKILL (9) after T s, restarts so far: 4, its message will not be handled again; restarting in T s
a stop handles what waits, and what is lost is counted
handles handles
handles handles
WARNING	the process pool ended before 1 message was handled
a worker that has left finishes its message itself
leave next
the setting keep_message must be a number of bytes up to 1 MB, such as 64K
max_retries needs keep_message, and messages that need no answer
max_retries needs keep_message, and messages that need no answer
keep_message is for workers without coroutines: others handle several
