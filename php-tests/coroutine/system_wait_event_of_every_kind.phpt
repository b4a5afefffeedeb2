--TEST--
waitEvent on streams, processes, numbers and plain files, several at once, beside the loop, without leaks
--EXTENSIONS--
sockets
--FILE--
<?php
use Swoole\{Coroutine, Event, Process};
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
$open = fn () => count(scandir('/proc/self/fd'));
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$p = new Process(function (Process $p) { $p->write('from the child'); });
$p->start();
$both = SWOOLE_EVENT_READ | SWOOLE_EVENT_WRITE;
run(function () use ($a, $b, $p, $both, $open) {
    Coroutine::sleep(0.001);
    $before = $open();
    var_dump(System::waitEvent($p, SWOOLE_EVENT_READ, 10), $p->read());
    $f = fopen(__FILE__, 'r');
    var_dump(System::waitEvent($f, $both) === $both, System::waitEvent(999), System::waitEvent($a, 0));
    fclose($f);
    Event::add($a, function () { $GLOBALS['got'][0] = 'the loop'; Event::del($GLOBALS['a']); });
    foreach ([1, 2, 3] as $i) {
        go(function () use ($a, $i) { $GLOBALS['got'][$i] = System::waitEvent($a, SWOOLE_EVENT_READ, 10); });
    }
    var_dump(System::waitEvent($a, $both, 10));
    fwrite($b, 'data');
    Coroutine::join([2, 3, 4], 10);
    Coroutine::sleep(0.001);
    fread($a, 100);
    ksort($GLOBALS['got']);
    echo json_encode($GLOBALS['got']), "\n";
    // One is cancelled, another one runs out of time.
    $cid = go(function () use ($a) { var_dump(System::waitEvent($a)); });
    Coroutine::cancel($cid);
    var_dump(System::waitEvent($a, SWOOLE_EVENT_READ, 0.001), swoole_last_error() === SOCKET_ETIMEDOUT);
    var_dump($open() === $before);
});
Process::wait();
?>
--EXPECT--
int(512)
string(14) "from the child"
bool(true)
bool(false)
bool(false)
int(1024)
["the loop",512,512,512]
bool(false)
bool(false)
bool(true)
bool(true)
