--TEST--
Event::write sends at once what the socket takes, in order, with and without a read callback; what it refuses.
--CAPTURE_STDIO--
STDIN STDOUT
--FILE--
<?php
// Pins: Event::write sends at once what the socket takes, in order, with and without a read callback; what it refuses.
// Status: documented; the texts are accidental.
use Swoole\{Event, Timer};
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
Event::add($a, function ($a) { echo 'a read ', fread($a, 100), "\n"; Event::del($a); });
$got = '';
Event::add($b, function ($b) use (&$got) {
    $got .= fread($b, 65536);
    if (strlen($got) === 60003) {
        echo 'all there: ', json_encode(substr($got, -3)), ' ', md5($got) === md5(str_repeat('0123456789', 6000) . 'end') ? 'right' : 'wrong', "\n";
        var_dump(Event::write($b, 'thanks'));
        Event::del($b);
    }
});
var_dump(Event::write($a, str_repeat('0123456789', 6000)));
var_dump(Event::write($a, 'end'));
var_dump(Event::write($a, ''));
var_dump(Event::write($a, str_repeat('x', 9000000)));
Event::wait();
--EXPECTF--
bool(true)
bool(true)

Warning: Swoole\Event::write(): data empty in %s on line %d
bool(false)
bool(false)
all there: "end" right
bool(true)
a read thanks
