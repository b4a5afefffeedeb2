<?php
// Many pairs of sockets, one message on its way in each: sockets.php ours PAIRS BATCHES PER_BATCH
require __DIR__ . '/measure.php';
[, , $pairs, $batches, $perBatch] = array_map(intval(...), $argv);
posix_setrlimit(POSIX_RLIMIT_NOFILE, 2 * $pairs + 64, 2 * $pairs + 64);

Swoole\Coroutine::set(['enable_deadlock_check' => false]);
Swoole\Coroutine\run(function () use ($pairs, $batches, $perBatch): void {
    $left = 0;
    $waiting = null;
    $ball = str_repeat('x', 64);
    for ($i = 0; $i < $pairs; $i++) {
        [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
        foreach ([$a, $b] as $end) {
            Swoole\Coroutine\go(function () use ($end, &$left, &$waiting): void {
                while (($got = $end->recv(64)) !== '' && $got !== false) {
                    $end->send($got);
                    if (--$left === 0) {
                        Swoole\Coroutine::resume($waiting);
                    }
                }
            });
        }
        $a->send($ball);
    }
    $waiting = Swoole\Coroutine::getCid();
    $median = measure($batches, $perBatch, function (int $count) use (&$left): void {
        $left = $count;
        Swoole\Coroutine::yield();
    });
    printf("%.2f\n", $median);
    // The coroutines wait for ever.
    Swoole\Event::exit();
});
