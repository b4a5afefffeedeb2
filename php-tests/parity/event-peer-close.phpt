--TEST--
end of file is a read event again and again until del; a stream that is closed without del is never called again.
--FILE--
<?php
// Pins: end of file is a read event again and again until del; a stream that is closed without del is never called again.
// Status: as in POSIX; documented in part.
use Swoole\{Event, Timer};

/** A timer that waits for five turns of the loop after the one before, and for no time. */
function step(int $ms, callable $do): void
{
    static $steps = [];
    $steps[] = $do;
    count($steps) > 1 || Timer::tick(1, function (int $id) use (&$steps): void {
        static $turn = 0;
        if (++$turn % 5 === 0) {
            array_shift($steps)();
            $steps || Timer::clear($id);
        }
    });
}

[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$n = 0;
Event::add($a, function ($a) use (&$n) {
    echo 'event ', ++$n, ' ', json_encode(fread($a, 10)), ' eof ', json_encode(feof($a)), "\n";
    if ($n === 3) {
        Event::del($a);
    }
});
fwrite($b, 'last');
fclose($b);
Event::wait();
[$c, $d] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
Event::add($c, fn () => print("not reached\n"));
step(20, fn () => fclose($c));
step(80, function () { echo "exit\n"; Event::exit(); });
Event::wait();
echo "end\n";
--EXPECT--
event 1 "last" eof true
event 2 "" eof true
event 3 "" eof true
exit
end
