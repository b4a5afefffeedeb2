--TEST--
end of file is a read event again and again until del; a stream that is closed without del is never called again.
--FILE--
<?php
// Pins: end of file is a read event again and again until del; a stream that is closed without del is never called again.
// Status: as in POSIX; documented in part.
use Swoole\{Event, Timer};
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
Timer::after(120, fn () => fclose($c));
Timer::after(480, function () { echo "exit\n"; Event::exit(); });
Event::wait();
echo "end\n";
--EXPECT--
event 1 "last" eof true
event 2 "" eof true
event 3 "" eof true
exit
end
