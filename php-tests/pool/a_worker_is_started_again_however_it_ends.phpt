--TEST--
a worker is restarted after a return, an exit, an exception, a fatal error and a deadly signal
--EXTENSIONS--
posix
pcntl
--INI--
display_errors=0
log_errors=0
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();
function finish(string $how): void
{
    match ($how) {
        'return' => null,
        'exit(0)' => exit(0),
        'exit(3)' => exit(3),
        'exception' => throw new Exception('nobody catches it'),
        'fatal error' => no_such_function_but_a_memory_limit(),
        'out of memory' => str_repeat('x', 1 << 40),
        'SIGKILL' => posix_kill(getmypid(), SIGKILL),
        'SIGSEGV' => posix_kill(getmypid(), SIGABRT),
    };
}
$kinds = [
    'NONE' => [SWOOLE_IPC_NONE, false], 'UNIXSOCK' => [SWOOLE_IPC_UNIXSOCK, false], 'MSGQUEUE' => [SWOOLE_IPC_MSGQUEUE, false],
    'SOCKET' => [SWOOLE_IPC_SOCKET, false], 'coroutine' => [SWOOLE_IPC_NONE, true],
];
$ends = ['return', 'exit(0)', 'exit(3)', 'exception', 'fatal error', 'out of memory', 'SIGKILL', 'SIGSEGV'];
foreach ($kinds as $kind => [$type, $coroutine]) {
    $wire = new Wire();
    $pool = new Pool(1, $type, 0, $coroutine);
    $pool->set(['restart_delay' => 0]);
    $socket = sys_get_temp_dir() . '/pool-' . getmypid();
    if ($type === SWOOLE_IPC_SOCKET) {
        $pool->listen("unix:$socket");
    }
    $counter = tempnam(sys_get_temp_dir(), 'lives');
    $pool->on('WorkerStart', function (Pool $pool, int $id) use ($wire, $counter, $ends, $kind, $type) {
        file_put_contents($counter, '.', FILE_APPEND);
        $how = $ends[filesize($counter) - 1] ?? null;
        register_shutdown_function(fn () => $wire->tell('  shutdown function'));
        if ($how === null) {
            $wire->tell("$kind, worker $id is there again");
            $pool->shutdown();
            return;
        }
        $wire->tell("$kind, $how");
        if ($how === 'return' && $type !== SWOOLE_IPC_NONE) {
            $pool->stop();
        } else {
            finish($how);
        }
    });
    if ($type !== SWOOLE_IPC_NONE) {
        $pool->on('Message', fn () => 0);
    }
    $pool->on('WorkerStop', fn () => $wire->tell('  WorkerStop'));
    $pool->on('WorkerError', function (Pool $pool, int $id, array $report) use ($wire) {
        $wire->tell('  WorkerError', array_diff_key($report, ['pid' => 0, 'uptime' => 0]));
    });
    $pool->start();
    $lines = $wire->hearAll();
    echo implode("\n", array_slice($lines, 0, array_search("$kind, worker 0 is there again", $lines) + 1)), "\n";
    unlink($counter);
}
?>
--EXPECT--
NONE, return
  WorkerStop
  shutdown function
NONE, exit(0)
  WorkerStop
  shutdown function
NONE, exit(3)
  WorkerStop
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":3,"signal":0,"signal_name":null,"restarts":2,"asked":false,"delay":0}
NONE, exception
  WorkerStop
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":3,"asked":false,"delay":0}
NONE, fatal error
  WorkerStop
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":4,"asked":false,"delay":0}
NONE, out of memory
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":5,"asked":false,"delay":0}
NONE, SIGKILL
  WorkerError {"worker_id":0,"name":null,"code":0,"signal":9,"signal_name":"SIGKILL","restarts":6,"asked":false,"delay":0}
NONE, SIGSEGV
  WorkerError {"worker_id":0,"name":null,"code":0,"signal":6,"signal_name":"SIGABRT","restarts":7,"asked":false,"delay":0}
NONE, worker 0 is there again
UNIXSOCK, return
  WorkerStop
  shutdown function
UNIXSOCK, exit(0)
  WorkerStop
  shutdown function
UNIXSOCK, exit(3)
  WorkerStop
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":3,"signal":0,"signal_name":null,"restarts":2,"asked":false,"delay":0}
UNIXSOCK, exception
  WorkerStop
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":3,"asked":false,"delay":0}
UNIXSOCK, fatal error
  WorkerStop
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":4,"asked":false,"delay":0}
UNIXSOCK, out of memory
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":5,"asked":false,"delay":0}
UNIXSOCK, SIGKILL
  WorkerError {"worker_id":0,"name":null,"code":0,"signal":9,"signal_name":"SIGKILL","restarts":6,"asked":false,"delay":0}
UNIXSOCK, SIGSEGV
  WorkerError {"worker_id":0,"name":null,"code":0,"signal":6,"signal_name":"SIGABRT","restarts":7,"asked":false,"delay":0}
UNIXSOCK, worker 0 is there again
MSGQUEUE, return
  WorkerStop
  shutdown function
MSGQUEUE, exit(0)
  WorkerStop
  shutdown function
MSGQUEUE, exit(3)
  WorkerStop
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":3,"signal":0,"signal_name":null,"restarts":2,"asked":false,"delay":0}
MSGQUEUE, exception
  WorkerStop
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":3,"asked":false,"delay":0}
MSGQUEUE, fatal error
  WorkerStop
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":4,"asked":false,"delay":0}
MSGQUEUE, out of memory
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":5,"asked":false,"delay":0}
MSGQUEUE, SIGKILL
  WorkerError {"worker_id":0,"name":null,"code":0,"signal":9,"signal_name":"SIGKILL","restarts":6,"asked":false,"delay":0}
MSGQUEUE, SIGSEGV
  WorkerError {"worker_id":0,"name":null,"code":0,"signal":6,"signal_name":"SIGABRT","restarts":7,"asked":false,"delay":0}
MSGQUEUE, worker 0 is there again
SOCKET, return
  WorkerStop
  shutdown function
SOCKET, exit(0)
  WorkerStop
  shutdown function
SOCKET, exit(3)
  WorkerStop
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":3,"signal":0,"signal_name":null,"restarts":2,"asked":false,"delay":0}
SOCKET, exception
  WorkerStop
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":3,"asked":false,"delay":0}
SOCKET, fatal error
  WorkerStop
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":4,"asked":false,"delay":0}
SOCKET, out of memory
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":5,"asked":false,"delay":0}
SOCKET, SIGKILL
  WorkerError {"worker_id":0,"name":null,"code":0,"signal":9,"signal_name":"SIGKILL","restarts":6,"asked":false,"delay":0}
SOCKET, SIGSEGV
  WorkerError {"worker_id":0,"name":null,"code":0,"signal":6,"signal_name":"SIGABRT","restarts":7,"asked":false,"delay":0}
SOCKET, worker 0 is there again
coroutine, return
  WorkerStop
  shutdown function
coroutine, exit(0)
  WorkerStop
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":1,"asked":false,"delay":0}
coroutine, exit(3)
  WorkerStop
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":2,"asked":false,"delay":0}
coroutine, exception
  WorkerStop
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":3,"asked":false,"delay":0}
coroutine, fatal error
  WorkerStop
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":4,"asked":false,"delay":0}
coroutine, out of memory
  shutdown function
  WorkerError {"worker_id":0,"name":null,"code":255,"signal":0,"signal_name":null,"restarts":5,"asked":false,"delay":0}
coroutine, SIGKILL
  WorkerError {"worker_id":0,"name":null,"code":0,"signal":9,"signal_name":"SIGKILL","restarts":6,"asked":false,"delay":0}
coroutine, SIGSEGV
  WorkerError {"worker_id":0,"name":null,"code":0,"signal":6,"signal_name":"SIGABRT","restarts":7,"asked":false,"delay":0}
coroutine, worker 0 is there again
