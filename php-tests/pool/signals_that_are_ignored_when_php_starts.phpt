--TEST--
a PHP that is started with signals ignored: those of a terminal do not stop its pool, and SIGTERM does, its workers too
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
require __DIR__ . '/support.inc';
/** Starts a pool of a kind in a PHP for which these signals are ignored: its process, and what it writes. */
function begin(string $signals, string $kind): array
{
    $shell = ['/bin/sh', '-c', "trap '' $signals; exec \"\$@\"", 'sh'];
    // PHP tells when it does not find its handlers at the end.
    $php = [...php_command(), '-d', 'zend.signal_check=1', __DIR__ . '/signals_that_are_ignored_when_php_starts.inc'];
    $process = proc_open([...$shell, ...$php, $kind], [1 => ['socket'], 2 => ['redirect', 1]], $pipes);
    stream_set_timeout($pipes[1], 30);
    return [$process, $pipes[1]];
}
/** The next line; the worker in it is noted. When nothing comes, all are killed. */
function hear($output, int $master, ?int &$worker = null): ?string
{
    static $all = [];
    $line = fgets($output);
    if ($line === false && !feof($output)) {
        array_map(fn (int $pid) => posix_kill($pid, SIGKILL), [...$all, $master]);
        exit("nothing has come for too long\n");
    }
    if (preg_match('/^start (\d+)/', (string) $line, $found)) {
        $all[] = $worker = (int) $found[1];
        return 'start';
    }
    return $line === false ? null : rtrim($line);
}
/** What comes until the end. */
function hear_all($output, int $master): array
{
    for ($lines = []; ($line = hear($output, $master)) !== null; $lines[] = $line);
    return $lines;
}
$of_terminals = [SIGHUP, SIGINT, SIGQUIT];
foreach (['bare', 'messages', 'queue', 'coroutine'] as $kind) {
    [$process, $output] = begin('HUP INT QUIT', $kind);
    $master = proc_get_status($process)['pid'];
    $worker = null;
    $heard = [hear($output, $master, $worker)];
    $worker ?? exit("no worker has started, but: $heard[0]\n");
    // A handler of the script answers the last one.
    array_map(fn (int $signal) => posix_kill($worker, $signal), [...$of_terminals, SIGWINCH]);
    $heard[] = hear($output, $master);
    // A master that is to end does not replace its worker any more.
    array_map(fn (int $signal) => posix_kill($master, $signal), [...$of_terminals, SIGUSR1]);
    do {
        $heard[] = $line = hear($output, $master);
    } while ($line !== null && $line !== 'start');
    posix_kill($master, SIGTERM);
    echo "of terminals, $kind: ", implode(' ', [...$heard, ...hear_all($output, $master)]), ' ', proc_close($process), "\n";
}
foreach (['bare', 'manager', 'messages', 'queue', 'coroutine', 'returns', 'exec'] as $kind) {
    [$process, $output] = begin('TERM', $kind);
    $master = proc_get_status($process)['pid'];
    $heard = [hear($output, $master)];
    in_array($kind, ['returns', 'exec'], true) && $heard[] = hear($output, $master);
    posix_kill($master, SIGTERM);
    $heard = [...$heard, ...hear_all($output, $master)];
    // How often it was started depends on the machine.
    echo "SIGTERM, $kind: ", implode(' ', $kind === 'returns' ? array_unique($heard) : $heard), ' ', proc_close($process), "\n";
}
?>
--EXPECT--
of terminals, bare: start alive start shutdown 0
of terminals, messages: start alive stop start shutdown stop 0
of terminals, queue: start alive stop start shutdown stop 0
of terminals, coroutine: start alive stop start shutdown stop 0
SIGTERM, bare: start shutdown 0
SIGTERM, manager: start 0
SIGTERM, messages: start shutdown stop 0
SIGTERM, queue: start shutdown stop 0
SIGTERM, coroutine: start shutdown stop 0
SIGTERM, returns: start stop shutdown 0
SIGTERM, exec: start program shutdown 0
