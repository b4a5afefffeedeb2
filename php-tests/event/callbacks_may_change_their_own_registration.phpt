--TEST--
a read callback may remove, replace or add anew its own descriptor while the write callback is due
--FILE--
<?php
use Swoole\Event;
class Noticed
{
    public function __construct(private string $name)
    {
    }
    public function __destruct()
    {
        echo "$this->name is released\n";
    }
}
function readable(): mixed
{
    static $keep = [];
    [$a, $b] = $keep[] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    fwrite($b, 'x');
    return $a;
}
const BOTH = SWOOLE_EVENT_READ | SWOOLE_EVENT_WRITE;
$never = fn () => print("not to be called\n");

echo "-- removed\n";
$noticed = new Noticed('the callback that removed itself');
Event::add(readable(), function ($a) use ($noticed) {
    Event::del($a);
    echo "removed\n";
    $noticed::class;
}, $never, BOTH);
unset($noticed);
Event::wait();

echo "-- replaced\n";
$noticed = new Noticed('the callback that replaced itself');
Event::add(readable(), function ($a) use ($noticed) {
    fread($a, 10);
    Event::set($a, fn () => print("not readable\n"), function ($a) {
        echo "the new write callback\n";
        Event::del($a);
    });
    echo 'still the old one, ', $noticed::class, "\n";
}, fn () => print("not to be called\n"), BOTH);
unset($noticed);
Event::wait();

echo "-- added anew\n";
Event::add(readable(), function ($a) {
    Event::del($a);
    Event::add($a, null, function ($a) {
        echo "in the next turn\n";
        Event::del($a);
    }, SWOOLE_EVENT_WRITE);
    Event::defer(fn () => print("at the end of this turn\n"));
}, $never, BOTH);
Event::wait();

echo "-- only writing from now on\n";
Event::add(readable(), function ($a) {
    Event::set($a, null, null, SWOOLE_EVENT_WRITE);
}, function ($a) {
    echo 'writable; watched: ', json_encode([Event::isset($a, SWOOLE_EVENT_READ), Event::isset($a, SWOOLE_EVENT_WRITE)]), "\n";
    Event::del($a);
}, BOTH);
Event::wait();

echo "-- added twice\n";
$a = readable();
Event::add($a, function ($a) {
    echo "the first one is kept\n";
    Event::del($a);
});
var_dump(@Event::add($a, $never), swoole_last_error() === 17);
Event::wait();
?>
--EXPECT--
-- removed
removed
the callback that removed itself is released
-- replaced
still the old one, Noticed
the callback that replaced itself is released
the new write callback
-- added anew
at the end of this turn
in the next turn
-- only writing from now on
writable; watched: [false,true]
-- added twice
bool(false)
bool(true)
the first one is kept
