--TEST--
the event loop of a worker has its turn between two messages of any kind, also while messages never end
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\{Coroutine, Event, Process, Timer};
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';

/** A pool with one worker, and how it is sent a message. */
function pool_of(string $kind): array
{
    $ipc = ['UNIXSOCK' => SWOOLE_IPC_UNIXSOCK, 'bus' => SWOOLE_IPC_UNIXSOCK, 'MSGQUEUE' => SWOOLE_IPC_MSGQUEUE, 'SOCKET' => SWOOLE_IPC_SOCKET];
    $pool = new Pool(1, $ipc[$kind]);
    $pool->set(['enable_message_bus' => $kind === 'bus']);
    static $count = 0;
    $path = sys_get_temp_dir() . '/pool-' . getmypid() . '-' . $count++ . '.sock';
    $kind === 'SOCKET' && $pool->listen("unix:$path");
    $text = str_repeat('x', $kind === 'bus' ? 1 << 20 : 3);
    return [$pool, fn () => match ($kind) {
        'UNIXSOCK', 'bus' => $pool->sendMessage($text, 0),
        'MSGQUEUE' => $pool->getProcess(0)->push($text),
        'SOCKET' => fwrite(stream_socket_client("unix://$path"), pack('N', strlen($text)) . $text),
    }, $path];
}

foreach (['UNIXSOCK', 'bus', 'MSGQUEUE', 'SOCKET'] as $kind) {
    // Each thing sets off the next one.
    [$pool, $send] = pool_of($kind);
    $wire = new Wire();
    $pool->on('WorkerStart', function (Pool $pool) use ($wire, $send) {
        [$ours, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        Event::add($ours, function () use ($ours, $wire) {
            $wire->tell('descriptor', fread($ours, 10));
            Event::del($ours);
            posix_kill(getmypid(), SIGUSR1);
        });
        Process::signal(SIGUSR1, function () use ($wire, $send) {
            $wire->tell('signal');
            $send();
        });
        Event::defer(function () use ($wire, $theirs) {
            $wire->tell('deferred');
            Timer::after(20, fn () => $wire->tell('timer') ?? fwrite($theirs, 'abc'));
        });
    });
    $pool->on('Message', function (Pool $pool, string $message) use ($wire) {
        $wire->tell('message', strlen($message));
        Coroutine::create(function () use ($wire, $pool) {
            Coroutine::sleep(0.01);
            $wire->tell('coroutine');
            $pool->shutdown();
        });
    });
    $pool->start();
    echo "$kind: ", implode(', ', $wire->hearAll()), "\n";

    // With nothing but a handler the worker sleeps until the signal comes, from elsewhere. It is not started again.
    [$pool, $send] = pool_of($kind);
    $pool->set(['restart_delay' => 60, 'restart_max_delay' => 60]);
    $wire = new Wire();
    $pool->on('WorkerStart', function () use ($wire) {
        Process::signal(SIGUSR1, fn () => $wire->tell('signal'));
        Process::signal(SIGTERM, function () use ($wire) {
            $wire->tell('the script is asked to stop');
            posix_kill(getmypid(), SIGKILL);
        });
        $worker = getmypid();
        (new Process(function () use ($worker) {
            until_asleep($worker);
            posix_kill($worker, SIGUSR1);
            until_asleep($worker);
            posix_kill($worker, SIGTERM);
        }, false, 0))->start();
    });
    $pool->on('WorkerError', fn (Pool $pool, int $id, array $report) => $wire->tell($report['signal_name']) ?? $pool->shutdown());
    $pool->on('Message', fn () => $wire->tell('not reached'));
    swoole_async_set(['log_level' => SWOOLE_LOG_NONE]);
    $pool->start();
    echo "$kind: ", implode(', ', $wire->hearAll()), "\n";

    // There is always a next message.
    [$pool, $send] = pool_of($kind);
    $wire = new Wire();
    $pool->on('WorkerStart', function (Pool $pool) use ($wire, $send) {
        $send();
        Timer::tick(1, function (int $id) use ($wire, $pool) {
            static $count = 0;
            $wire->tell('tick');
            ++$count === 3 && Timer::clear($id) && $pool->shutdown();
        });
    });
    $pool->on('Message', fn () => $send());
    $pool->start();
    echo "$kind: ", implode(', ', array_slice($wire->hearAll(), 0, 3)), "\n";
}

// A client that sends the rest of its request late, and never fetches its answer.
[$pool, , $path] = pool_of('SOCKET');
$wire = new Wire();
$client = null;
$pool->on('WorkerStart', function () use ($wire, $path, &$client) {
    $client = stream_socket_client("unix://$path");
    fwrite($client, pack('N', 3) . 'x');
    Timer::after(5, fn () => $wire->tell('timer before the rest') ?? fwrite($client, 'xx'));
});
$pool->on('Message', function (Pool $pool) use ($wire, &$client) {
    $wire->tell('request');
    $pool->write(str_repeat('y', 10_000_000));
    Timer::after(5, fn () => $wire->tell('timer while the answer waits') ?? fclose($client) && $pool->shutdown());
});
$pool->start();
echo implode(', ', $wire->hearAll()), "\n";
// Those above are held by their callbacks.
unset($send);
gc_collect_cycles();
?>
--EXPECT--
UNIXSOCK: deferred, timer, descriptor abc, signal, message 3, coroutine
UNIXSOCK: signal, the script is asked to stop, SIGKILL
UNIXSOCK: tick, tick, tick
bus: deferred, timer, descriptor abc, signal, message 1048576, coroutine
bus: signal, the script is asked to stop, SIGKILL
bus: tick, tick, tick
MSGQUEUE: deferred, timer, descriptor abc, signal, message 3, coroutine
MSGQUEUE: signal, the script is asked to stop, SIGKILL
MSGQUEUE: tick, tick, tick
SOCKET: deferred, timer, descriptor abc, signal, message 3, coroutine
SOCKET: signal, the script is asked to stop, SIGKILL
SOCKET: tick, tick, tick
timer before the rest, request, timer while the answer waits
