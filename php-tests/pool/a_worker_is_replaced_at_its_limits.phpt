--TEST--
max_requests, max_lifetime and max_memory replace a worker, without a report, at 90 to 100 % of the limit
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();
foreach (['max_requests', 'max_request'] as $name) {
    $wire = new Wire();
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
    $pool->set([$name => 20]);
    $pool->on('Start', function (Pool $pool) {
        for ($i = 0; $i < 100; $i++) {
            $pool->sendMessage((string) $i, 0);
        }
    });
    $pool->on('WorkerStart', fn () => $wire->tell('start'));
    $pool->on('Message', function (Pool $pool, string $message) use ($wire) {
        $wire->tell($message);
        $message === '99' && $pool->shutdown();
    });
    $pool->on('WorkerError', fn () => $wire->tell('WorkerError'));
    $pool->start();
    $lives = explode('start', implode(' ', $wire->hearAll()));
    array_shift($lives);
    $handled = array_map(fn (string $life): int => count(explode(' ', trim($life))), $lives);
    array_pop($handled);
    echo "$name: ", json_encode(range(0, 99) == array_merge(...array_map(fn ($life) => explode(' ', trim($life)), $lives))), ' ';
    echo json_encode(min($handled) >= 18 && max($handled) <= 20), "\n";
}

$wire = new Wire();
$pool = new Pool(2, SWOOLE_IPC_UNIXSOCK);
$pool->set(['max_lifetime' => 0.2]);
$pool->on('WorkerStart', fn (Pool $pool, int $id) => $wire->tell("worker $id"));
$pool->on('Message', fn () => 0);
$pool->on('WorkerStop', fn (Pool $pool) => $pool->stats()['restarts'] >= 4 && $pool->shutdown());
$pool->on('WorkerError', fn () => $wire->tell('WorkerError'));
$pool->start();
$lines = array_count_values($wire->hearAll());
ksort($lines);
echo 'max_lifetime: ', implode(', ', array_keys($lines)), ' ', json_encode(min($lines) > 1), "\n";

$wire = new Wire();
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
// A busy machine takes its time to fill so much.
$pool->set(['max_memory' => '100M', 'max_wait_time' => 60]);
$pool->on('WorkerStart', function (Pool $pool) use ($wire) {
    $wire->tell('start');
    if ($pool->stats()['restarts'] > 0) {
        $pool->shutdown();
    }
});
$pool->on('Start', fn (Pool $pool) => $pool->sendMessage('grow', 0));
$kept = '';
$pool->on('Message', function (Pool $pool) use ($wire, &$kept) {
    ini_set('memory_limit', -1);
    $kept = str_repeat('x', 150 << 20);
    $wire->tell('grown', $pool->stats()['workers'][0]['memory'] > 100 << 20);
});
$pool->on('WorkerStop', fn () => $wire->tell('stop'));
$pool->on('WorkerError', fn () => $wire->tell('WorkerError'));
$pool->start();
echo 'max_memory: ', implode(', ', $wire->hearAll()), "\n";
echo implode("\n", log_lines());
?>
--EXPECT--
max_requests: true true
max_request: true true
max_lifetime: worker 0, worker 1 true
max_memory: start, grown true, stop, start, stop
