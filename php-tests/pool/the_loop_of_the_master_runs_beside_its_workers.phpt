--TEST--
while a pool runs, its master runs its event loop; what is left there ends with the pool, and workers inherit nothing
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\{Coroutine, Event, Process, Timer};
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
$wire = new Wire();
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
[$ours, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$master = getmypid();
$here = fn () => getmypid() === $master ? 'master' : 'worker';
// Each thing sets off the next one; the last is a message.
Timer::after(10, function () use ($wire, $here, $theirs) {
    $wire->tell('timer', $here());
    Event::defer(fn () => $wire->tell('deferred', $here()) ?? fwrite($theirs, 'abc'));
});
$pool->on('Start', function (Pool $pool) use ($wire, $here, $ours) {
    Event::add($ours, function () use ($ours, $wire, $here) {
        $wire->tell('descriptor', fread($ours, 10), $here());
        posix_kill(getmypid(), SIGALRM);
    });
    Process::signal(SIGALRM, function () use ($pool, $wire, $here) {
        $wire->tell('signal', $here());
        Coroutine::create(function () use ($pool, $wire, $here) {
            Coroutine::sleep(0.005);
            $wire->tell('coroutine', $here());
            $pool->sendMessage('x', 0);
        });
    });
    Timer::tick(60000, fn () => null);
});
$pool->on('WorkerStart', fn () => $wire->tell('worker has', count(Timer::list()), Timer::stats()['num']));
$pool->on('Message', fn (Pool $pool) => $wire->tell('message', $here()) ?? $pool->shutdown());
$pool->start();
$lines = $wire->hearAll();
// The worker begins at any time.
$begin = array_search('worker has 0 0', $lines, true);
unset($lines[$begin]);
echo implode("\n", $lines), "\n";
var_dump($begin !== false, Timer::stats()['num']);

// Timers that are always due, or whose callbacks take their time, keep nobody from being reaped and started again.
$pool = new Pool(2, SWOOLE_IPC_UNIXSOCK);
$ticks = 0;
$pool->on('Start', function (Pool $pool) use (&$ticks) {
    Timer::tick(1, function () use (&$ticks) {
        $ticks++;
        usleep(2000);
    });
    $pool->sendMessage('x', 0);
});
// Each worker ends after a message to the other one.
$pool->on('Message', fn (Pool $pool) => $pool->stats()['restarts'] < 20 ? $pool->sendMessage('x', 1 - $pool->workerId) && $pool->stop() : $pool->shutdown());
var_dump($pool->start(), $ticks > 0);

// A reload, and a stop that waits for a worker.
$wire = new Wire();
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
$pool->on('Start', fn () => Timer::after(5, fn () => posix_kill(getmypid(), SIGUSR1)));
$pool->on('WorkerStart', function (Pool $pool) use ($wire) {
    $wire->tell('WorkerStart', $restarts = $pool->stats()['restarts']);
    $restarts === 1 && $pool->sendMessage('x', 0);
});
[$ours, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$pool->on('Message', fn (Pool $pool) => $pool->shutdown() && fgets($ours));
$pool->on('Shutdown', fn () => Timer::after(5, fn () => $wire->tell('a timer while the pool stops') ?? fwrite($theirs, "\n")));
$pool->start();
echo implode(', ', $wire->hearAll()), "\n";
?>
--EXPECT--
timer master
deferred master
descriptor abc master
signal master
coroutine master
message worker
bool(true)
int(0)
NULL
bool(true)
WorkerStart 0, WorkerStart 1, a timer while the pool stops
