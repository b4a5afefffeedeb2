--TEST--
many coroutines that send to a full worker wait and send in the order in which they came; to itself, too
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Process\Pool;
use Swoole\Timer;
require __DIR__ . '/support.inc';
foreach (['' => false, 'bus' => true] as $name => $bus) {
    foreach ([0, 1] as $target) {
        [$wire, $go] = [new Wire(), new Wire()];
        $pool = new Pool(2, SWOOLE_IPC_UNIXSOCK, 0, true);
        $pool->set(['enable_message_bus' => $bus]);
        $text = str_repeat('x', $bus ? 100000 : 60000);
        $pool->on('WorkerStart', function (Pool $pool, int $id) use ($text, $wire, $go, $target) {
            if ($id === 1) {
                if ($target === 1) {
                    // It reads nothing until it is told so.
                    $go->hear();
                }
                return;
            }
            $sent = 0;
            for ($i = 0; $i < 1000; $i++) {
                Coroutine::create(function () use ($pool, $text, $i, $target, &$sent) {
                    $sent += (int) $pool->sendMessage(substr_replace($text, "$i ", 0, 5), $target);
                });
            }
            $wire->tell('it is full', $sent > 0 && $sent < 1000);
            // One is canceled before anybody reads, and is none of those who go on.
            $wire->tell('canceled', Coroutine::cancel(999));
            while (Coroutine::exists(999)) {
                Coroutine::sleep(0.001);
            }
            $go->tell('go');
            while ($sent < 999) {
                Coroutine::sleep(0.001);
            }
            $wire->tell('sent', $sent);
        });
        $next = 0;
        $ordered = true;
        $pool->on('Message', function (Pool $pool, string $message) use (&$next, &$ordered, $wire) {
            $i = (int) $message;
            $next++;
            $ordered = $ordered && ($i === $next - 1 || $i === $next);
            if ($next === 999) {
                $wire->tell('in order', $ordered, $i);
                Timer::after(20, fn () => $pool->shutdown());
            }
        });
        $pool->start();
        $lines = $wire->hearAll();
        sort($lines);
        echo "$name to $target: ", implode(', ', $lines), "\n";
    }
}
// Who waits when its worker is asked to stop for good is told.
$wire = new Wire();
$pool = new Pool(2, SWOOLE_IPC_UNIXSOCK, 0, true);
$pool->on('WorkerStart', function (Pool $pool, int $id) use ($wire) {
    if ($id === 1) {
        pcntl_signal(SIGTERM, SIG_IGN);
        $wire->tell('nothing is read here');
        sleep(100);
        return;
    }
    for ($i = 0; $i < 1000; $i++) {
        Coroutine::create(function () use ($pool) {
            @$pool->sendMessage(str_repeat('x', 60000), 1);
        });
    }
    $pool->shutdown();
    register_shutdown_function(function () use ($wire) {
        $wire->tell('those who could not send', error_get_last()['message']);
    });
});
$pool->set(['max_wait_time' => 4]);
$pool->on('Message', fn () => 0);
$pool->on('WorkerStop', fn () => $wire->tell('WorkerStop'));
log_file();
$pool->start();
$lines = $wire->hearAll();
sort($lines);
echo implode("\n", $lines), "\n";
?>
--EXPECT--
 to 0: canceled true, in order true 999, it is full true, sent 999
 to 1: canceled true, in order true 999, it is full true, sent 999
bus to 0: canceled true, in order true 999, it is full true, sent 999
bus to 1: canceled true, in order true 999, it is full true, sent 999
WorkerStop
nothing is read here
those who could not send Swoole\Process\Pool::sendMessage(): sendmsg() failed, Error: Resource temporarily unavailable[11]
