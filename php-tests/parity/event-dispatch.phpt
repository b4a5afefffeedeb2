--TEST--
Event::dispatch runs one turn of the loop and returns true; without a loop false.
--FILE--
<?php
// Pins: Event::dispatch runs one turn of the loop and returns true; without a loop false.
// Status: documented.
use Swoole\{Event, Timer};
var_dump(Event::dispatch());
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
Event::add($a, function ($a) { echo 'read ', fread($a, 10), "\n"; });
fwrite($b, 'one');
var_dump(Event::dispatch());
echo "between\n";
fwrite($b, 'two');
Event::defer(fn () => print("deferred\n"));
var_dump(Event::dispatch());
Event::del($a);
echo "end\n";
Event::wait();
--EXPECT--
bool(false)
read one
bool(true)
between
read two
deferred
bool(true)
end
