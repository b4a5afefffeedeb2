--TEST--
waits in functions of ext-sockets that are cancelled, closed, or left by the end of the script
--EXTENSIONS--
sockets
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
require __DIR__ . '/../support.inc';
$before = count(links());
function pair(): array { socket_create_pair(AF_UNIX, SOCK_STREAM, 0, $pair); return $pair; }
run(function () {
    [$a, $b] = pair();
    echo "-- cancelled\n";
    $cid = go(function () use ($a) { var_dump(socket_read($a, 10), socket_last_error($a) === SOCKET_ECANCELED, swoole_last_error() === SWOOLE_ERROR_CO_CANCELED); });
    Coroutine::cancel($cid);
    $cid = go(function () use ($a) { $r = [$a]; $n = null; var_dump(socket_select($r, $n, $n, null)); });
    Coroutine::cancel($cid);
    $cid = go(function () use ($a) { try { socket_recv($a, $data, 10, 0); } catch (Coroutine\CanceledException $e) { echo get_class($e), "\n"; } });
    Coroutine::cancel($cid, true);
    $cid = go(function () use ($a) { var_dump(socket_write($a, str_repeat('x', 1 << 20)) < 1 << 20); });
    Coroutine::cancel($cid);
    socket_read($b, 1 << 20);
    echo "-- two wait\n";
    foreach ([1, 2] as $i) {
        go(function () use ($a, $i) { var_dump(socket_read($a, 5)); });
    }
    socket_write($b, 'helloworld');
    Coroutine::sleep(0.001);
    echo "-- closed\n";
    go(function () use ($a) {
        var_dump(socket_read($a, 10), socket_strerror(socket_last_error($a)));
        Coroutine::sleep(0.001);
        try { socket_read($a, 10); } catch (Error $e) { echo $e->getMessage(), "\n"; }
    });
    go(function () use ($a, $b) { $r = [$b, $a]; $n = null; var_dump(socket_select($r, $n, $n, null)); });
    socket_close($a);
    echo "-- from outside of the coroutine\n";
    [$a, $b] = pair();
    go(function () use ($a) { var_dump(socket_read($a, 10)); });
    Swoole\Timer::after(1, fn() => socket_write($b, 'timer'));
});
echo count(links()) - $before, " descriptors left\n";
echo "-- the script ends\n";
Swoole\Runtime::enableCoroutine();
Coroutine::set(['enable_deadlock_check' => false]);
[$a, $b] = pair();
go(function () use ($a) { try { socket_read($a, 10); } finally { echo "never\n"; } });
go(function () use ($a, $b) { $r = [$a, $b]; $n = null; socket_select($r, $n, $n, null); });
Swoole\Event::defer(function () { echo "end\n"; Swoole\Event::exit(); });
Swoole\Event::wait();
?>
--EXPECT--
-- cancelled
bool(false)
bool(true)
bool(true)
bool(false)
Swoole\Coroutine\CanceledException
bool(true)
-- two wait
string(5) "hello"
string(5) "world"
-- closed
bool(false)
string(19) "Bad file descriptor"
int(0)
-- from outside of the coroutine
socket_read(): Argument #1 ($socket) has already been closed
string(5) "timer"
0 descriptors left
-- the script ends
end
