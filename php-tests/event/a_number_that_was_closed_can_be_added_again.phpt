--TEST--
a stream that was closed without del: another stream with the same number can be added; the old callback is released
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
function pair(): array
{
    return stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
}
[$a, $b] = pair();
$noticed = new Noticed();
$number = Event::add($a, fn () => print("never called\n" . $noticed::class));
unset($noticed);
fclose($a);
[$c, $d] = pair();
var_dump(Event::add($c, function ($c) {
    echo 'read: ', fread($c, 10), "\n";
    Event::del($c);
}) === $number);
fwrite($d, 'new');
Event::wait();

// Closed in its own callback, and by its number removed.
[$a, $b] = pair();
$number = Event::add($a, function ($a) {
    echo 'last: ', fread($a, 10), "\n";
    fclose($a);
});
fwrite($b, 'x');
Event::dispatch();
set_error_handler(fn ($level, $text) => print("$text\n"));
var_dump(Event::del($a), Event::isset($number), Event::del($number), Event::isset($number));
Event::wait();

// In one turn the callback of one stream closes the other, and a new one takes its number, or none does.
foreach ([true, false] as $again) {
    $first = true;
    $streams = [];
    $read = function ($me) use (&$streams, &$first, &$new, $again) {
        $first || print("called for what is closed\n");
        $first = false;
        fread($me, 10);
        Event::del($me);
        $other = $streams[1 - array_search($me, $streams, true)];
        fclose($other);
        if ($again) {
            $new = pair();
            Event::add($new[0], function ($s) {
                echo 'the new one reads ', fread($s, 10), "\n";
                Event::del($s);
            });
            fwrite($new[1], 'its own');
        }
        Swoole\Timer::after(20, fn () => Event::exit());
    };
    [$streams[0], $b] = pair();
    [$streams[1], $d] = pair();
    Event::add($streams[0], $read);
    Event::add($streams[1], $read);
    fwrite($b, 'x');
    fwrite($d, 'y');
    Event::wait();
}
echo "end\n";
?>
--EXPECT--
the old callback is released
bool(true)
read: new
last: x
Swoole\Event::del(): fd argument must be either valid PHP stream or valid PHP socket resource
Swoole\Event::del(): unknown type
bool(false)
bool(true)
bool(true)
bool(false)
the new one reads its own
end
