--TEST--
restart: always, on-failure, never, once; restart_pause; a pool whose workers have all ended ends; restart() runs one again
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\Atomic;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();
foreach (['on-failure', 'never', 'once'] as $rule) {
    $runs = new Atomic();
    $pool = new Pool(1);
    $pool->set(['restart' => $rule, 'worker_names' => 'w', 'restart_delay' => 0]);
    // Two failures and a success.
    $pool->on('WorkerStart', fn () => exit($runs->add() < 3 ? 7 : 0));
    $pool->on('WorkerError', function (Pool $pool, int $id, array $report) {
        echo "$report[name] $report[code] ", json_encode($report['delay']), "\n";
    });
    $pool->on('Shutdown', fn (Pool $pool) => print 'Shutdown ' . $pool->stats()['workers'][0]['state'] . "\n");
    echo "$rule\n";
    var_dump($pool->start(), $runs->get());
}
echo "a message handler and max_requests\n";
foreach (['never' => 3, 'once' => 1] as $rule => $expected) {
    $wire = new Wire();
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
    $pool->set(['restart' => $rule, 'max_requests' => 1, 'max_wait_time' => 30]);
    $pool->on('Start', fn (Pool $pool) => array_map(fn ($text) => $pool->sendMessage($text, 0), ['a', 'b', 'c']));
    $pool->on('Message', function (Pool $pool, string $text) use ($wire) {
        $wire->tell($text);
        $text === 'c' && $pool->shutdown();
    });
    $pool->start();
    echo "$rule ", implode(' ', $wire->hearAll()), "\n";
}
echo "restart()\n";
$wire = new Wire();
[$runs, $told] = [new Atomic(), new Atomic()];
$pool = new Pool(2);
$pool->set(['restart' => 'never', 'restart_pause' => '2d']);
$pool->on('WorkerStart', function (Pool $pool, int $id) use ($wire, $runs, $told) {
    if ($id === 1) {
        if ($runs->add() === 2) {
            // The other one has yet to tell.
            until(fn () => $told->get() === 1);
            $pool->shutdown();
        }
        return;
    }
    until(fn () => $pool->stats()['workers'][1]['state'] === 'ended');
    $wire->tell('restart', $pool->restart(1), @$pool->restart(2), @$pool->restart(-1));
    $told->set(1);
    sleep(100);
});
$pool->start();
echo implode(' ', $wire->hearAll()), ', ', $runs->get(), " runs\n";
echo implode("\n", array_unique(log_lines())), "\n";
foreach ([['restart' => 'sometimes'], ['restart_pause' => -1], ['max_workers' => 5e9], ['worker_names' => 'a b'], ['worker_names' => ['a', 'a/b']]] as $wrong) {
    try {
        (new Pool(1))->set($wrong);
    } catch (Swoole\Exception $e) {
        echo $e->getMessage(), "\n";
    }
}
?>
--EXPECTF--
on-failure
w-0 7 0%S
w-0 7 0%S
Shutdown ended
NULL
int(3)
never
w-0 7 null
Shutdown ended
NULL
int(1)
once
w-0 7 null
Shutdown ended
NULL
int(1)
a message handler and max_requests
never a b c
once a b c
restart()
restart true false false, 2 runs
WARNING	worker 0 [w-0] (pid N) exited with code 7 after T s, restarts so far: 0; restarting in T s
WARNING	worker 0 [w-0] (pid N) exited with code 7 after T s, restarts so far: 1; restarting in T s
WARNING	worker 0 [w-0] (pid N) exited with code 7 after T s, restarts so far: 0; not restarting
the setting restart must be always, on-failure, never or once
the setting restart_pause must be a number of seconds, not negative
the setting max_workers must be at most 4194304
the setting worker_names must be a name or names of up to 64 letters, digits, dots, colons, @, _ and -
the setting worker_names must be a name or names of up to 64 letters, digits, dots, colons, @, _ and -
