--TEST--
setTimeout() bounds read() and write(): false after that time, with SWOOLE_ERROR_SOCKET_POLL_TIMEOUT
--INI--
swoole.socket_buffer_size=8192
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
/** What a call returns, and whether that took the time it had. */
function timed(float $seconds, callable $call): string
{
    $start = hrtime(true);
    $result = json_encode($call());
    $took = (hrtime(true) - $start) / 1e9;
    return "$result " . ($took >= $seconds - 0.002 && $took < $seconds + 5.0 ? 'in time' : "after $took s") . ', '
        . (swoole_last_error() === SWOOLE_ERROR_SOCKET_POLL_TIMEOUT ? 'timed out' : swoole_last_error()) . "\n";
}
foreach (TYPES as $name => $type) {
    $p = new Process(function (Process $p) {
        sleep(60);
    }, false, $type);
    $p->start();
    echo "--- $name\n";
    // Below, at and above the pipe's own limit.
    foreach ([0.001, 0.02, 0.1, 0.25] as $seconds) {
        $p->setTimeout($seconds);
        echo timed($seconds, fn () => $p->read());
    }
    $p->setTimeout(0.001);
    while (@$p->write(str_repeat('x', 1024)) !== false);
    foreach ([0.02, 0.25] as $seconds) {
        $p->setTimeout($seconds);
        echo timed($seconds, fn () => @$p->write('x')), error_get_last()['message'], "\n";
    }
    Process::kill($p->pid, SIGKILL);
    Process::wait();
}
?>
--EXPECT--
--- stream
false in time, timed out
false in time, timed out
false in time, timed out
false in time, timed out
false in time, timed out
Swoole\Process::write(): write() failed, Error: Connection timed out[110]
false in time, timed out
Swoole\Process::write(): write() failed, Error: Connection timed out[110]
--- message
false in time, timed out
false in time, timed out
false in time, timed out
false in time, timed out
false in time, timed out
Swoole\Process::write(): write() failed, Error: Connection timed out[110]
false in time, timed out
Swoole\Process::write(): write() failed, Error: Connection timed out[110]
