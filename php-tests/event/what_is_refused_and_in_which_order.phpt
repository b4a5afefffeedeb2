--TEST--
what add(), set(), del(), isset() and write() refuse, with one message each and in Swoole's order; add() makes the loop
--FILE--
<?php
use Swoole\Event;
function read(): void
{
    echo "not to be called\n";
}
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
fclose($b);
$closed = $b;
$show = function (string $what, callable $call) {
    $texts = [];
    set_error_handler(function ($level, $text) use (&$texts) {
        $texts[] = preg_replace(['/^Swoole\\\\Event::\w+\(\): /', '/\[[1-9]\d*\]/'], ['', '[N]'], $text);
        return true;
    });
    try {
        $result = json_encode($call());
    } catch (Swoole\Exception $e) {
        $result = $e->getMessage();
    }
    restore_error_handler();
    echo "$what: ", implode('; ', [...$texts, $result]), "\n";
};
echo "-- without a loop\n";
$show('write', fn () => Event::write($a, 'x'));
$show('write nothing to no descriptor', fn () => Event::write(-1, ''));
$show('write to no descriptor', fn () => Event::write(-1, 'x'));
$show('del', fn () => Event::del(-1));
$show('isset', fn () => Event::isset(-1));
$show('add', fn () => Event::add(-1));
echo "-- with a loop\n";
foreach (['del' => [], 'isset' => [], 'set' => [], 'write' => ['x'], 'add' => ['read']] as $method => $arguments) {
    foreach (['number' => -1, 'text' => 'text', 'closed' => $closed, 'memory' => fopen('php://memory', 'r+'), 'object' => new stdClass()] as $kind => $value) {
        $show("$method $kind", fn () => Event::$method($value, ...$arguments));
    }
}
echo "-- add\n";
$show('descriptor 0 for writing', fn () => Event::add(0, 'read', 'read', SWOOLE_EVENT_WRITE));
$show('no callback for reading, a wrong one for writing', fn () => Event::add($a, null, 'nope', SWOOLE_EVENT_READ | SWOOLE_EVENT_WRITE));
$show('a wrong one for writing', fn () => Event::add($a, 'read', 'nope', SWOOLE_EVENT_READ | SWOOLE_EVENT_WRITE));
$show('no events before a wrong callback', fn () => Event::add($a, 'nope', null, 0));
$show('it is not watched', fn () => Event::isset($a));
$show('good', fn () => is_int(Event::add($a, 'read')));
$show('watched already, before no events', fn () => Event::add($a, 'nope', null, 0));
$show('del', fn () => Event::del($a));
// Without a handler the second warning is shown as well.
try {
    Event::add($a, 'nope');
} catch (Swoole\Exception $e) {
    echo $e->getMessage(), "\n";
}
Event::wait();
?>
--EXPECTF--
-- without a loop
write: socket[N] is not found in the reactor; false
write nothing to no descriptor: data empty; false
write to no descriptor: invalid file descriptor#-1 passed; unknown type; false
del: reactor is not ready, cannot call swoole_event_del; false
isset: false
add: invalid file descriptor#-1 passed; unknown fd type; false
-- with a loop
del number: invalid file descriptor#-1 passed; unknown type; false
del text: invalid file descriptor passed; unknown type; false
del closed: fd argument must be either valid PHP stream or valid PHP socket resource; unknown type; false
del memory: Cannot represent a stream of type MEMORY as a select()able descriptor; fd argument must be either valid PHP stream or valid PHP socket resource; unknown type; false
del object: unknown type; false
isset number: invalid file descriptor#-1 passed; unknown type; false
isset text: invalid file descriptor passed; unknown type; false
isset closed: fd argument must be either valid PHP stream or valid PHP socket resource; unknown type; false
isset memory: Cannot represent a stream of type MEMORY as a select()able descriptor; fd argument must be either valid PHP stream or valid PHP socket resource; unknown type; false
isset object: unknown type; false
set number: invalid file descriptor#-1 passed; false
set text: invalid file descriptor passed; false
set closed: fd argument must be either valid PHP stream or valid PHP socket resource; false
set memory: Cannot represent a stream of type MEMORY as a select()able descriptor; fd argument must be either valid PHP stream or valid PHP socket resource; false
set object: false
write number: invalid file descriptor#-1 passed; unknown type; false
write text: invalid file descriptor passed; unknown type; false
write closed: fd argument must be either valid PHP stream or valid PHP socket resource; unknown type; false
write memory: Cannot represent a stream of type MEMORY as a select()able descriptor; fd argument must be either valid PHP stream or valid PHP socket resource; unknown type; false
write object: unknown type; false
add number: invalid file descriptor#-1 passed; unknown fd type; false
add text: invalid file descriptor passed; unknown fd type; false
add closed: fd argument must be either valid PHP stream or valid PHP socket resource; unknown fd type; false
add memory: Cannot represent a stream of type MEMORY as a select()able descriptor; fd argument must be either valid PHP stream or valid PHP socket resource; unknown fd type; false
add object: unknown fd type; false
-- add
descriptor 0 for writing: invalid socket fd [0]; false
no callback for reading, a wrong one for writing: Swoole\Event: unable to find readable callback of fd [N]; false
a wrong one for writing: function 'nope' is not callable; writable_callback must be of type callable, string given
no events before a wrong callback: invalid events; false
it is not watched: false
good: true
watched already, before no events: already exist; false
del: true

Warning: Swoole\Event::add(): function 'nope' is not callable in %s on line %d

Warning: Swoole\Event::add(): Swoole\Event: unable to find readable callback of fd [%d] in %s on line %d
readable_callback must be of type callable, string given
