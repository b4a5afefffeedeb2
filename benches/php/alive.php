<?php
// What each of many coroutines costs that are alive and wait: alive.php SIDE time|memory NUMBER
// The time is that of making one, until it waits. The other side is PHP's own Fiber, of which the kernel allows about
// 32,000: each has a guard page, which costs two of its mappings (vm.max_map_count).
use Swoole\Coroutine;

require __DIR__ . '/measure.php';
ini_set('memory_limit', '-1');
[, $side, $what] = $argv;
$number = (int) $argv[3];

function resident(): int
{
    return (int) explode(' ', file_get_contents('/proc/self/statm'))[1] * 4096;
}

$begin = match ($side) {
    'ours' => function (int $number): void {
        $wait = static function (): void {
            Coroutine::yield();
        };
        while ($number-- > 0) {
            Coroutine::create($wait);
        }
    },
    'stock' => function (int $number): array {
        $wait = static function (): void {
            Fiber::suspend();
        };
        $fibers = [];
        while ($number-- > 0) {
            ($fibers[] = new Fiber($wait))->start();
        }
        return $fibers;
    },
};
$measure = function () use ($begin, $number, $what): void {
    [$start, $before] = [hrtime(true), resident()];
    $kept = $begin($number);
    [$took, $grown] = [hrtime(true) - $start, resident() - $before];
    printf("%.2f\n", ($what === 'memory' ? $grown : $took) / $number);
};
if ($side === 'stock') {
    $measure();
    exit;
}
Coroutine::set(['enable_deadlock_check' => false, 'max_coroutine' => $number + 1]);
Coroutine\run(function () use ($measure): void {
    $measure();
    // The coroutines wait for ever.
    Swoole\Event::exit();
});
