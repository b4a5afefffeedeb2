--TEST--
detach(): the master starts another worker at once, does nothing to the old one any more, and neither kills it by its end
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
foreach ([false, true] as $coroutine) {
    [$wire, $go] = [new Wire(), new Wire()];
    $master = apart(function () use ($wire, $go, $coroutine) {
        $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK, 0, $coroutine);
        $pool->on('Start', fn (Pool $pool) => $pool->sendMessage('detach', 0));
        $pool->on('WorkerStart', fn () => $wire->tell('WorkerStart', (string) getmypid()));
        $pool->on('Message', function (Pool $pool, string $message) use ($wire, $go) {
            if ($message === 'detach') {
                $wire->tell('detach', $pool->detach(), $pool->detach());
                $wire->tell($go->hear());
            }
        });
        $pool->on('WorkerStop', fn () => $wire->tell('WorkerStop'));
        $pool->on('WorkerError', fn () => $wire->tell('WorkerError'));
        $wire->tell('in the master', $pool->detach());
        $pool->start();
    });
    echo $wire->hear(), "\n";
    $first = (int) explode(' ', $wire->hear())[1];
    echo preg_replace('/\d+/', 'N', implode(', ', $wire->hearSorted(2))), "\n";
    posix_kill($master, SIGKILL);
    echo ending_of($master), "\n";
    until_asleep($first);
    $go->tell('the first one is still there');
    $lines = $wire->hearAll();
    sort($lines);
    echo implode("\n", $lines), "\n";
}
?>
--EXPECT--
in the master false
WorkerStart N, detach true false
signal 9
WorkerStop
WorkerStop
the first one is still there
in the master false
WorkerStart N, detach true false
signal 9
WorkerStop
WorkerStop
the first one is still there
