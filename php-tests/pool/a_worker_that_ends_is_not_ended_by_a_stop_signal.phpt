--TEST--
a stop signal that comes while a worker ends changes nothing: not in WorkerStop, a shutdown function, a destructor, or later
--EXTENSIONS--
pcntl
posix
--INI--
display_errors=0
log_errors=0
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();
$ask = function () {
    foreach ([SIGTERM, SIGINT, SIGQUIT, SIGHUP] as $signal) {
        posix_kill(getmypid(), $signal);
    }
};
final class Late
{
    public ?Closure $then = null;
    public function __destruct()
    {
        $this->then && ($this->then)();
    }
}
foreach (['UNIXSOCK' => [SWOOLE_IPC_UNIXSOCK, false], 'MSGQUEUE' => [SWOOLE_IPC_MSGQUEUE, false], 'coroutine' => [SWOOLE_IPC_UNIXSOCK, true]] as $kind => [$type, $coroutine]) {
    foreach (['WorkerStop', 'shutdown function', 'destructor'] as $where) {
        $wire = new Wire();
        $late = new Late();
        $pool = new Pool(1, $type, 0, $coroutine);
        $pool->set(['restart_delay' => 0]);
        $pool->on('WorkerStart', function (Pool $pool) use ($wire, $where, $ask, $late) {
            if ($pool->stats()['restarts'] > 1) {
                $pool->shutdown();
                return;
            }
            $then = function () use ($wire, $where, $ask) {
                $ask();
                $wire->tell("  $where has come to its end");
            };
            $where === 'shutdown function' && register_shutdown_function($then);
            $where === 'destructor' && $late->then = $then;
            // A crash, and a normal end.
            if ($pool->stats()['restarts'] === 0) {
                throw new Exception();
            }
            $pool->stop();
        });
        $pool->on('Message', fn () => 0);
        $pool->on('WorkerStop', function (Pool $pool) use ($wire, $where, $ask) {
            if ($where === 'WorkerStop' && $pool->stats()['restarts'] < 2) {
                $ask();
                $wire->tell('  WorkerStop has come to its end');
            }
        });
        $pool->on('WorkerError', fn (Pool $pool, int $id, array $report) => $wire->tell("  code $report[code], signal $report[signal]"));
        $pool->start();
        echo "$kind, $where\n", implode("\n", $wire->hearAll()), "\n";
    }
}
?>
--EXPECT--
UNIXSOCK, WorkerStop
  WorkerStop has come to its end
  code 255, signal 0
  WorkerStop has come to its end
UNIXSOCK, shutdown function
  shutdown function has come to its end
  code 255, signal 0
  shutdown function has come to its end
UNIXSOCK, destructor
  destructor has come to its end
  code 255, signal 0
  destructor has come to its end
MSGQUEUE, WorkerStop
  WorkerStop has come to its end
  code 255, signal 0
  WorkerStop has come to its end
MSGQUEUE, shutdown function
  shutdown function has come to its end
  code 255, signal 0
  shutdown function has come to its end
MSGQUEUE, destructor
  destructor has come to its end
  code 255, signal 0
  destructor has come to its end
coroutine, WorkerStop
  WorkerStop has come to its end
  code 255, signal 0
  WorkerStop has come to its end
coroutine, shutdown function
  shutdown function has come to its end
  code 255, signal 0
  shutdown function has come to its end
coroutine, destructor
  destructor has come to its end
  code 255, signal 0
  destructor has come to its end
