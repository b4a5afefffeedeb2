--TEST--
on a message socket a message that is too large is refused or lost by itself; those around it arrive
--EXTENSIONS--
sockets
--CAPTURE_STDIO--
STDIN STDOUT
--FILE--
<?php
use Swoole\Event;
socket_create_pair(AF_UNIX, SOCK_SEQPACKET, 0, $s);
[$from, $to] = $s;
socket_set_option($from, SOL_SOCKET, SO_SNDBUF, 20000);
socket_set_nonblock($to);
Event::add($from, fn () => null);
for ($i = 0; $i < 10; $i++) {
    Event::write($from, str_pad("message $i ", 5000, '.'));
}
Event::write($from, str_repeat('L', 1000000));
Event::write($from, 'the one after it');
Event::add($to, function ($to) {
    while (($length = @socket_recv($to, $data, 65536, 0)) > 0) {
        echo $length, ' ', substr($data, 0, 20), "\n";
        if ($data === 'the one after it') {
            Event::exit();
        }
    }
});
Swoole\Timer::after(500, fn () => Event::exit());
Event::wait();
?>
--EXPECT--
5000 message 0 ..........
5000 message 1 ..........
5000 message 2 ..........
5000 message 3 ..........
5000 message 4 ..........
5000 message 5 ..........
5000 message 6 ..........
5000 message 7 ..........
5000 message 8 ..........
5000 message 9 ..........
16 the one after it
