--TEST--
alarm() is refused while timers exist, and comes to a handler of the loop
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\{Event, Process, Timer};
set_error_handler(fn ($level, $text) => print("$text\n"));
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
Event::add($a, fn () => null);
$n = 0;
Process::signal(SIGALRM, function (int $signal) use (&$n, $a) {
    // One more may have come before the alarm is off.
    if (++$n > 3) {
        return;
    }
    echo "alarm $n $signal\n";
    if ($n === 3) {
        Process::alarm(-1);
        Event::del($a);
    }
});
var_dump(Process::alarm(2000));
Event::wait();
Timer::after(1, function () {
    var_dump(Process::alarm(1000));
});
var_dump(Process::alarm(1000));
Event::wait();
var_dump(Process::alarm(-1));
?>
--EXPECT--
bool(true)
alarm 1 14
alarm 2 14
alarm 3 14
Swoole\Process::alarm(): cannot use both 'timer' and 'alarm' at the same time
bool(false)
Swoole\Process::alarm(): cannot use both 'timer' and 'alarm' at the same time
bool(false)
bool(true)
