--TEST--
a stream that was closed without del, and a plain file under its number: add fails; del still releases the old callback
--FILE--
<?php
use Swoole\Event;
class Noticed
{
    public function __destruct()
    {
        echo "the old callback is released\n";
    }
}
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$noticed = new Noticed();
// The callback gets the stream, which keeps it in memory: only close ends it.
$number = Event::add($a, fn () => print($noticed::class));
unset($noticed);
fclose($a);
$file = fopen(__FILE__, 'r');
var_dump(Event::add($file, fn () => print("never called\n")), Event::isset($number));
var_dump(Event::del($number));
echo "the end\n";
?>
--EXPECTF--

Warning: Swoole\Event::add(): swoole_event_add failed in %s on line %d
bool(false)
bool(true)
the old callback is released
bool(true)
the end
