--TEST--
the queue of the pool's own and the path of its socket are gone when its last process is, whichever are killed and when
--EXTENSIONS--
pcntl
posix
--SKIPIF--
<?php
if (!is_readable('/proc/sysvipc/msg')) die('skip no list of queues in /proc');
?>
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();
$path = sys_get_temp_dir() . '/pool-killed-' . getmypid();
$whens = ['all at once', 'the group', 'master, no worker is there', 'master, the stop has begun', 'master, when the workers have ended', 'nobody', 'master, beside one that has left'];
foreach ([SWOOLE_IPC_SOCKET, SWOOLE_IPC_MSGQUEUE] as $type) {
    foreach ($whens as $when) {
        [$wire, $go, $left] = [new Wire(), new Wire(), new Wire()];
        $master = apart(function () use ($type, $path, $when, $wire, $go, $left) {
            $go->listen();
            $left->listen();
            posix_setpgid(0, 0);
            $pool = new Pool(2, $type);
            $pool->set(['restart_delay' => 100, 'restart_max_delay' => 100]);
            $type === SWOOLE_IPC_SOCKET && $pool->listen("unix:$path");
            $pool->on('WorkerStart', function (Pool $pool, int $id) use ($wire, $go, $left, $type, $when) {
                $queue = $type === SWOOLE_IPC_MSGQUEUE ? $pool->getProcess()->msgQueueId : 0;
                $wire->tell(getmypid(), $queue);
                if ($when === 'master, no worker is there') {
                    $go->hear();
                    exit(1);
                }
                if ($when === 'master, beside one that has left' && $id === 0 && $pool->detach()) {
                    $left->hear();
                }
            });
            $pool->on('Message', fn () => null);
            $pool->on('WorkerError', fn (Pool $pool, int $id) => $wire->tell('WorkerError', $id));
            $pool->on('Shutdown', fn () => $wire->tell('Shutdown'));
            $pool->on('WorkerStop', function () use ($wire, $when) {
                // Its last steps take a while.
                register_shutdown_function(function () use ($wire, $when) {
                    if (str_starts_with($when, 'master, the stop')) {
                        $wire->tell('at its end');
                        sleep(100);
                    }
                });
            });
            $pool->start();
        });
        $pids = [];
        while (count($pids) < 2) {
            [$pid, $queue] = explode(' ', $wire->hear());
            $pids[] = (int) $pid;
        }
        switch ($when) {
            case 'all at once':
                posix_kill($master, SIGSTOP);
                foreach ([...$pids, $master] as $pid) {
                    posix_kill($pid, SIGKILL);
                }
                break;
            case 'the group':
                posix_kill(-$master, SIGKILL);
                break;
            case 'master, no worker is there':
                $go = null;
                $wire->hear();
                $wire->hear();
                posix_kill($master, SIGKILL);
                break;
            case 'master, the stop has begun':
                posix_kill($master, SIGTERM);
                $wire->hearUntil('Shutdown');
                $wire->hearUntil('at its end');
                posix_kill($master, SIGKILL);
                break;
            case 'master, when the workers have ended':
                posix_kill($master, SIGSTOP);
                foreach ($pids as $pid) {
                    posix_kill($pid, SIGTERM);
                    until_ended($pid);
                }
                posix_kill($master, SIGKILL);
                break;
            case 'master, beside one that has left':
                posix_kill($master, SIGKILL);
                break;
            case 'nobody':
                posix_kill($master, SIGTERM);
        }
        $how = ending_of($master);
        until(function () use ($type, $path, $queue) {
            clearstatcache();
            return $type === SWOOLE_IPC_SOCKET ? !file_exists($path) : !in_array((int) $queue, queues(), true);
        });
        $left = null;
        $wire->hearAll();
        echo $type === SWOOLE_IPC_SOCKET ? 'path, ' : 'queue, ', "$when: $how, nothing stays\n";
    }
}
?>
--EXPECT--
path, all at once: signal 9, nothing stays
path, the group: signal 9, nothing stays
path, master, no worker is there: signal 9, nothing stays
path, master, the stop has begun: signal 9, nothing stays
path, master, when the workers have ended: signal 9, nothing stays
path, nobody: code 0, nothing stays
path, master, beside one that has left: signal 9, nothing stays
queue, all at once: signal 9, nothing stays
queue, the group: signal 9, nothing stays
queue, master, no worker is there: signal 9, nothing stays
queue, master, the stop has begun: signal 9, nothing stays
queue, master, when the workers have ended: signal 9, nothing stays
queue, nobody: code 0, nothing stays
queue, master, beside one that has left: signal 9, nothing stays
