--TEST--
all processes with the command line of a program are killed: no queue and no socket path stays, as the cleaner has a name of its own
--EXTENSIONS--
pcntl
posix
--SKIPIF--
<?php
if (!is_readable('/proc/sysvipc/msg')) die('skip no list of queues in /proc');
?>
--FILE--
<?php
require __DIR__ . '/support.inc';
$base = sys_get_temp_dir() . '/program-with-a-pool-' . getmypid();
$path = "$base.sock";
file_put_contents("$base.php", <<<'PHP'
<?php
use Swoole\Process\Pool;
[, $type, $path] = $argv;
$pool = new Pool(2, (int) $type);
(int) $type === SWOOLE_IPC_SOCKET && $pool->listen("unix:$path");
$pool->on('WorkerStart', function (Pool $pool) use ($type) {
    $queue = (int) $type === SWOOLE_IPC_MSGQUEUE ? $pool->getProcess()->msgQueueId : 0;
    fwrite(STDOUT, "$queue\n");
});
$pool->on('Message', fn () => null);
$pool->start();
PHP);
/** Processes of which the command line has this text, as pgrep -f finds them. */
function found_by(string $text): array
{
    $found = [];
    foreach (glob('/proc/[0-9]*/cmdline') as $file) {
        if (str_contains(@file_get_contents($file) ?: '', $text)) {
            $found[] = (int) basename(dirname($file));
        }
    }
    return $found;
}
/** The children of a process with this short name. */
function children_called(string $name, int $parent): array
{
    $found = [];
    foreach (glob('/proc/[0-9]*/stat') as $file) {
        if (preg_match('/^(\d+) \((.*)\) \S (\d+) /', @file_get_contents($file) ?: '', $m) && $m[2] === $name && (int) $m[3] === $parent) {
            $found[] = (int) $m[1];
        }
    }
    return $found;
}
foreach (['path' => SWOOLE_IPC_SOCKET, 'queue' => SWOOLE_IPC_MSGQUEUE] as $kind => $type) {
    $program = proc_open([...php_command(), "$base.php", (string) $type, $path], [1 => ['pipe', 'w']], $pipes);
    $master = proc_get_status($program)['pid'];
    [$queue] = [(int) fgets($pipes[1]), fgets($pipes[1])];
    $there = fn () => $type === SWOOLE_IPC_SOCKET ? file_exists($path) : in_array($queue, queues(), true);
    echo $kind, $there() ? ' is there, ' : ' is missing, ';
    until(function () use ($master, &$cleaners) {
        $cleaners = children_called('pool-cleaner', $master);
        return $cleaners && !in_array($cleaners[0], found_by(basename($GLOBALS['base']) . '.php'), true);
    });
    echo count($cleaners), ' process is called ', rtrim(file_get_contents("/proc/$cleaners[0]/cmdline"), "\0"), ', ';
    // Nobody is left to do anything in between.
    posix_kill($master, SIGSTOP);
    $killed = found_by("$base.php");
    foreach ($killed as $pid) {
        posix_kill($pid, SIGKILL);
    }
    echo count($killed), ' are killed, ';
    stream_get_contents($pipes[1]);
    proc_close($program);
    until(function () use ($there) {
        clearstatcache();
        return !$there();
    });
    echo "nothing stays\n";
}
unlink("$base.php");
?>
--EXPECT--
path is there, 1 process is called pool-cleaner, 3 are killed, nothing stays
queue is there, 1 process is called pool-cleaner, 3 are killed, nothing stays
