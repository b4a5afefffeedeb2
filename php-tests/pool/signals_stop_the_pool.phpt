--TEST--
TERM, INT, QUIT and HUP stop the pool and all its workers; what nohup or a shell has ignored stays ignored, but for TERM
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
function told(array $lines): string
{
    $counts = array_count_values($lines);
    ksort($counts);
    return json_encode($counts);
}
$signals = ['TERM' => SIGTERM, 'INT' => SIGINT, 'QUIT' => SIGQUIT, 'HUP' => SIGHUP];
foreach ($signals as $name => $signal) {
    foreach ([SIG_DFL, SIG_IGN] as $before) {
        $wire = new Wire();
        $master = apart(function () use ($wire, $signal, $before) {
            array_map(fn (int $each) => pcntl_signal($each, SIG_DFL), [SIGTERM, SIGINT, SIGQUIT, SIGHUP]);
            pcntl_signal($signal, $before);
            $pool = new Pool(3, SWOOLE_IPC_UNIXSOCK);
            $pool->on('WorkerStart', fn () => $wire->tell('WorkerStart'));
            $pool->on('Message', fn () => $wire->tell('Message'));
            $pool->on('WorkerStop', fn () => $wire->tell('WorkerStop'));
            $pool->on('Shutdown', fn () => $wire->tell('Shutdown'));
            $pool->on('WorkerError', fn () => $wire->tell('WorkerError'));
            $wire->tell('start() gives', $pool->start());
        });
        $wire->hearSorted(3);
        posix_kill($master, $signal);
        if ($before === SIG_IGN && $signal !== SIGTERM) {
            posix_kill($master, SIGUSR1);
            $ignored = $wire->hearSorted(6);
            posix_kill($master, SIGTERM);
        }
        $end = ending_of($master);
        $lines = $wire->hearAll();
        echo "$name, ", $before === SIG_IGN ? 'ignored' : 'default', ": $end, ", told($lines);
        echo isset($ignored) ? ' after ' . told($ignored) : '', "\n";
        unset($ignored);
    }
}
?>
--EXPECT--
TERM, default: code 0, {"Shutdown":1,"WorkerStop":3,"start() gives null":1}
TERM, ignored: code 0, {"Shutdown":1,"WorkerStop":3,"start() gives null":1}
INT, default: code 0, {"Shutdown":1,"WorkerStop":3,"start() gives null":1}
INT, ignored: code 0, {"Shutdown":1,"WorkerStop":3,"start() gives null":1} after {"WorkerStart":3,"WorkerStop":3}
QUIT, default: code 0, {"Shutdown":1,"WorkerStop":3,"start() gives null":1}
QUIT, ignored: code 0, {"Shutdown":1,"WorkerStop":3,"start() gives null":1} after {"WorkerStart":3,"WorkerStop":3}
HUP, default: code 0, {"Shutdown":1,"WorkerStop":3,"start() gives null":1}
HUP, ignored: code 0, {"Shutdown":1,"WorkerStop":3,"start() gives null":1} after {"WorkerStart":3,"WorkerStop":3}
