--TEST--
a pool that is started with all signals blocked, or ignored, stops, is reloaded, and ends with its killed master; no worker is killed
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Process\Manager;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
/** Runs a pool of a kind in this process, which tells on the wire what happens. */
function run_pool(Wire $wire, string $kind): void
{
    $types = ['messages' => SWOOLE_IPC_UNIXSOCK, 'queue' => SWOOLE_IPC_MSGQUEUE, 'bus' => SWOOLE_IPC_UNIXSOCK];
    $is_coroutine = $kind === 'coroutine';
    $pool = new Pool(2, $types[$kind] ?? SWOOLE_IPC_NONE, 0, $is_coroutine);
    // Longer than this test may take: who does not hear the signal is never killed.
    $pool->set(['max_wait_time' => 600, 'enable_message_bus' => $kind === 'bus']);
    $pool->on('WorkerStart', function () use ($wire, $kind, $is_coroutine) {
        $wire->tell('start');
        if ($kind === 'bare') {
            while (true) {
                sleep(600);
            }
        }
        $is_coroutine && Coroutine\System::waitSignal(SIGTERM, 600);
    });
    isset($types[$kind]) && $pool->on('Message', fn () => 0);
    $pool->on('WorkerStop', fn () => $wire->tell('stop'));
    $pool->on('WorkerError', fn (Pool $pool, int $id, array $end) => $wire->tell('error', $end));
    $pool->on('Shutdown', fn () => $wire->tell('shutdown'));
    $pool->start();
}
function run_manager(Wire $wire): void
{
    $manager = new Manager();
    $manager->addBatch(2, function () use ($wire) {
        $wire->tell('start');
        while (true) {
            sleep(600);
        }
    });
    $manager->start();
}
foreach (['blocked', 'ignored'] as $how) {
    foreach (['bare', 'messages', 'queue', 'bus', 'coroutine', 'manager'] as $kind) {
        foreach (['stop' => SIGTERM, 'kill' => SIGKILL] as $name => $end) {
            $wire = new Wire();
            with_signals($how, function () use ($wire, $kind, &$master) {
                $master = apart(fn () => $kind === 'manager' ? run_manager($wire) : run_pool($wire, $kind));
            });
            $wire->hearSorted(2);
            if ($end === SIGTERM) {
                posix_kill($master, SIGUSR1);
                $reload = $wire->hearSorted($kind === 'manager' || $kind === 'bare' ? 2 : 4);
            }
            posix_kill($master, $end);
            $ending = ending_of($master);
            $rest = $wire->hearAll();
            sort($rest);
            echo "$how, $kind, $name: ", implode(' ', $reload ?? []), "; $ending, ", implode(' ', $rest), "\n";
            $reload = null;
        }
    }
}
?>
--EXPECT--
blocked, bare, stop: start start; code 0, shutdown
blocked, bare, kill: ; signal 9, 
blocked, messages, stop: start start stop stop; code 0, shutdown stop stop
blocked, messages, kill: ; signal 9, stop stop
blocked, queue, stop: start start stop stop; code 0, shutdown stop stop
blocked, queue, kill: ; signal 9, stop stop
blocked, bus, stop: start start stop stop; code 0, shutdown stop stop
blocked, bus, kill: ; signal 9, stop stop
blocked, coroutine, stop: start start stop stop; code 0, shutdown stop stop
blocked, coroutine, kill: ; signal 9, stop stop
blocked, manager, stop: start start; code 0, 
blocked, manager, kill: ; signal 9, 
ignored, bare, stop: start start; code 0, shutdown
ignored, bare, kill: ; signal 9, 
ignored, messages, stop: start start stop stop; code 0, shutdown stop stop
ignored, messages, kill: ; signal 9, stop stop
ignored, queue, stop: start start stop stop; code 0, shutdown stop stop
ignored, queue, kill: ; signal 9, stop stop
ignored, bus, stop: start start stop stop; code 0, shutdown stop stop
ignored, bus, kill: ; signal 9, stop stop
ignored, coroutine, stop: start start stop stop; code 0, shutdown stop stop
ignored, coroutine, kill: ; signal 9, stop stop
ignored, manager, stop: start start; code 0, 
ignored, manager, kill: ; signal 9, 
