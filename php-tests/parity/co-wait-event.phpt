--TEST--
waitEvent on streams and ext-sockets: readable, writable, both, time-out, a closed peer, bad arguments.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: waitEvent on streams and ext-sockets: readable, writable, both, time-out, a closed peer, bad arguments.
// Status: documented; the texts are accidental.
use Swoole\Coroutine;
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
socket_create_pair(AF_UNIX, SOCK_STREAM, 0, $s);
Coroutine::set(['hook_flags' => 0]);
run(function () use ($a, $b, $s) {
    $n = fn ($r) => $r === false ? 'false' : trim(($r & SWOOLE_EVENT_READ ? 'READ ' : '') . ($r & SWOOLE_EVENT_WRITE ? 'WRITE' : ''));
    echo $n(System::waitEvent($a, SWOOLE_EVENT_READ, 0.03)), "\n";
    echo $n(System::waitEvent($a, SWOOLE_EVENT_WRITE, 0.5)), "\n";
    go(function () use ($b) { Coroutine::sleep(0.03); fwrite($b, 'x'); });
    echo $n(System::waitEvent($a, SWOOLE_EVENT_READ, 0.5)), ' ', fread($a, 10), "\n";
    fwrite($b, 'y');
    echo $n(System::waitEvent($a, SWOOLE_EVENT_READ | SWOOLE_EVENT_WRITE, 0.5)), "\n";
    go(function () use ($s) { Coroutine::sleep(0.03); socket_close($s[1]); });
    echo $n(System::waitEvent($s[0], SWOOLE_EVENT_READ, 0.5)), "\n";
    var_dump(System::waitEvent('x'), System::waitEvent(-1), System::waitEvent($a, 0, 0.01));
});
--EXPECTF--
false
WRITE
READ x
READ WRITE
READ

Warning: Swoole\Coroutine\System::waitEvent(): invalid file descriptor passed in %s on line %d

Warning: Swoole\Coroutine\System::waitEvent(): unknown fd type in %s on line %d

Warning: Swoole\Coroutine\System::waitEvent(): invalid file descriptor#-1 passed in %s on line %d

Warning: Swoole\Coroutine\System::waitEvent(): unknown fd type in %s on line %d
bool(false)
bool(false)
bool(false)
