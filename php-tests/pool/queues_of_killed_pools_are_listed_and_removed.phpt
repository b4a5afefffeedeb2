--TEST--
Process::queues() lists the private queue of a pool of which all processes were killed, and no other, and removes it on request
--EXTENSIONS--
pcntl
posix
--SKIPIF--
<?php
if (!is_readable('/proc/sysvipc/msg')) die('skip no list of queues in /proc');
if (!is_writable('/dev/shm')) die('skip no /dev/shm');
?>
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';

/** A pool in a process of its own: the queue, and the pids of its worker, master and cleaner. */
function pool_with_queue(int $key, bool $daemon = false): array
{
    [$wire, $end] = [new Wire(), new Wire()];
    $pid = apart(function () use ($wire, $end, $key, $daemon) {
        $pool = new Pool(1, SWOOLE_IPC_MSGQUEUE, $key);
        if ($daemon) {
            $pool->on('Start', fn () => Process::daemon());
        }
        $pool->on('WorkerStart', function (Pool $pool) use ($wire, $end) {
            $pool->getProcess()->push('lost');
            $wire->tell($pool->getProcess()->msgQueueId, getmypid(), posix_getppid());
            $end->hear();
        });
        $pool->on('Message', fn () => null);
        $pool->start();
    });
    [$queue, $worker, $master] = array_map(intval(...), explode(' ', $wire->hear()));
    $cleaner = 0;
    // The maker of a daemon exits at once, and its cleaner has another parent.
    $key || $daemon || until(function () use ($pid, &$cleaner) {
        foreach (glob('/proc/[0-9]*/stat') as $file) {
            if (preg_match("/^(\d+) \(pool-cleaner\) \S $pid /", @file_get_contents($file) ?: '', $m)) {
                $cleaner = (int) $m[1];
            }
        }
        return $cleaner;
    });
    return [$queue, $worker, $master, $cleaner, $pid, $end];
}

/** What is told about a queue. */
function told(int $queue, bool $remove = false): string
{
    foreach (Process::queues($remove) as $found) {
        if ($found['id'] === $queue) {
            return json_encode(array_diff_key($found, ['id' => 0, 'pid' => 0]));
        }
    }
    return 'not listed';
}

$exists = fn (int $queue) => in_array($queue, queues(), true) ? 'exists' : 'is gone';
$key = 0x53000000 | getmypid();
foreach (['private' => 0, 'with a key' => $key] as $kind => $key) {
    [$queue, $worker, $master, $cleaner, , $end] = pool_with_queue($key);
    echo "$kind\n  while it runs: ", told($queue, true), "\n";
    // The master must not replace the worker, nor the worker survive the master.
    posix_kill($master, SIGSTOP);
    until(fn () => state($master) === 'T');
    $cleaner && posix_kill($cleaner, SIGKILL);
    posix_kill($worker, SIGKILL);
    until_ended($worker);
    echo '  with a master: ', told($queue, true), "\n";
    posix_kill($master, SIGKILL);
    ending_of($master);
    echo '  killed: ', told($queue), "\n";
    $pids = array_column(Process::queues(), 'pid', 'id');
    var_dump(($pids[$queue] ?? $master) === $master);
    echo '  removed: ', told($queue, true), ', it ', $exists($queue), "\n";
    echo '  then: ', told($queue), "\n";
    $key && msg_queue_gone($queue, $key);
}

function msg_queue_gone(int $queue, int $key): void
{
    $process = new Process(fn () => 0, false, 0);
    $process->useQueue($key);
    var_dump($process->msgQueueId === $queue, $process->freeQueue());
}

// The process that has made the queue exits, and its daemon goes on.
[$queue, $worker, $daemon, , $maker, $end] = pool_with_queue(0, true);
ending_of($maker);
var_dump($daemon !== $maker);
echo "daemon\n  while it runs: ", told($queue, true), ', it ', $exists($queue), "\n";
$end->tell('end');
posix_kill($daemon, SIGTERM);
until_ended($daemon);
echo '  stopped: ', told($queue), ', it ', $exists($queue), "\n";
?>
--EXPECT--
private
  while it runs: not listed
  with a master: not listed
  killed: {"queue_num":1,"queue_bytes":4,"removed":false}
bool(true)
  removed: {"queue_num":1,"queue_bytes":4,"removed":true}, it is gone
  then: not listed
with a key
  while it runs: not listed
  with a master: not listed
  killed: not listed
bool(true)
  removed: not listed, it exists
  then: not listed
bool(true)
bool(true)
bool(true)
daemon
  while it runs: not listed, it exists
  stopped: not listed, it is gone
