--TEST--
Signals that come more often than a waiting call checks for the other process do not hide its exit: read(), write(), receive(), Lock
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\{Lock, Process};

pcntl_async_signals(true);
pcntl_signal(SIGALRM, fn () => null);

/** The result of a call that is repeated while signals end it. */
function repeated(Closure $call): mixed
{
    do {
        $result = @$call();
    } while ($result === false && swoole_last_error() === SOCKET_EINTR);
    return $result;
}

function started(Closure $callback): Process
{
    $process = new Process($callback);
    $process->start();
    return $process;
}

defined('SOCKET_EINTR') || define('SOCKET_EINTR', 4);
$exits = fn () => posix_kill(getmypid(), SIGKILL);
Process::alarm(20_000);
$process = started($exits);
var_dump(repeated(fn () => $process->read()));
$process = started($exits);
var_dump(repeated(fn () => $process->receive()));
$process = started($exits);
while (repeated(fn () => $process->write(str_repeat('x', 10_000))));
echo swoole_last_error() === 32 ? "no reader\n" : swoole_strerror(swoole_last_error()) . "\n";
while (@Process::wait(false));
foreach (['mutex' => [SWOOLE_MUTEX, LOCK_EX], 'readers' => [SWOOLE_RWLOCK, LOCK_SH], 'writer' => [SWOOLE_RWLOCK, LOCK_EX]] as $name => [$type, $mode]) {
    $lock = new Lock($type);
    $process = started(fn () => $lock->lock($mode) && $exits());
    repeated(fn () => Process::wait());
    echo $name, $lock->lock() ? ": taken\n" : ": not taken\n";
}
?>
--EXPECT--
string(0) ""
bool(false)
no reader
mutex: taken
readers: taken
writer: taken
