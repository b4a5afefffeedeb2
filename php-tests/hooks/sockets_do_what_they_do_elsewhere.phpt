--TEST--
functions of ext-sockets do in coroutines what they do elsewhere
--EXTENSIONS--
sockets
--FILE--
<?php
require __DIR__ . '/hooks.inc';
function pair(int $kind = SOCK_STREAM): array { socket_create_pair(AF_UNIX, $kind, 0, $pair); return $pair; }
function after(Socket $socket): array { return [socket_last_error($socket), socket_last_error(), socket_clear_error(), socket_clear_error($socket)]; }
function tcp(): array {
    $server = socket_create_listen(0);
    socket_getsockname($server, $address, $port);
    $client = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
    return [socket_connect($client, '127.0.0.1', $port), $client, socket_accept($server), $server];
}
function limited(Socket $socket, int $what = SO_RCVTIMEO): Socket { socket_set_option($socket, SOL_SOCKET, $what, ['sec' => 0, 'usec' => 20000]); return $socket; }
$closed = function () { $socket = socket_create(AF_INET, SOCK_STREAM, SOL_TCP); socket_close($socket); return $socket; };
compare_calls([
    'read' => function () { [$a, $b] = pair(); socket_write($b, "hello\nyou"); return [socket_read($a, 100), after($a)]; },
    'read a part' => function () { [$a, $b] = pair(); socket_write($b, "hello"); return [socket_read($a, 2), socket_read($a, 2), after($a)]; },
    'read lines' => function () { [$a, $b] = pair(); socket_write($b, "one\ntwo\rthree\n"); return [socket_read($a, 100, PHP_NORMAL_READ), socket_read($a, 100, PHP_NORMAL_READ), socket_read($a, 2, PHP_NORMAL_READ), after($a)]; },
    // Not a line without its end: PHP compares a byte of its buffer that it has not written.
    'read the end' => function () { [$a, $b] = pair(); socket_close($b); return [socket_read($a, 100), socket_read($a, 100), after($a)]; },
    'read nothing' => function () { [$a] = pair(); return [socket_read($a, 0), socket_read($a, -1)]; },
    'read, time-out' => function () { [$a, $b] = pair(); return [socket_read(limited($a), 100), after($a), socket_write($b, 'x'), socket_read($a, 100), after($a)]; },
    'read a line, time-out' => function () { [$a, $b] = pair(); socket_write($b, "x\n"); return [socket_read(limited($a), 1, PHP_NORMAL_READ), socket_read($a, 1, PHP_NORMAL_READ), after($a)]; },
    'read, not blocking' => function () { [$a] = pair(); socket_set_nonblock($a); return [socket_read($a, 100), after($a)]; },
    'read, not connected' => function () { $a = socket_create(AF_INET, SOCK_STREAM, SOL_TCP); return [socket_read($a, 100), after($a)]; },
    'read, closed' => fn() => socket_read($closed(), 100),
    'read, no socket' => fn() => socket_read(5, 100),
    'recv' => function () { [$a, $b] = pair(); socket_write($b, "hello"); return [socket_recv($a, $d, 3, MSG_PEEK), $d, socket_recv($a, $d, 100, 0), $d, after($a)]; },
    'recv all' => function () { [$a, $b] = pair(); socket_write($b, "hello"); return [socket_recv($a, $d, 5, MSG_WAITALL), $d, after($a)]; },
    'recv all, the end' => function () { [$a, $b] = pair(); socket_write($b, "hello"); socket_close($b); return [socket_recv($a, $d, 50, MSG_WAITALL), $d, after($a)]; },
    'recv the end' => function () { [$a, $b] = pair(); socket_close($b); return [socket_recv($a, $d, 100, 0), $d, after($a)]; },
    'recv, time-out' => function () { [$a] = pair(); return [socket_recv(limited($a), $d, 100, 0), $d, after($a)]; },
    'recv, told not to wait' => function () { [$a] = pair(); return [socket_recv($a, $d, 100, MSG_DONTWAIT), $d, after($a)]; },
    'recv, bad flags' => function () { [$a, $b] = pair(); socket_write($b, 'x'); return [socket_recv($a, $d, 100, MSG_OOB), $d, after($a)]; },
    'recvfrom' => function () { [$a, $b] = pair(SOCK_DGRAM); socket_write($b, 'hello'); return [socket_recvfrom($a, $d, 100, 0, $from), $d, $from, after($a)]; },
    'recvfrom, time-out' => function () { [$a] = pair(SOCK_DGRAM); return [socket_recvfrom(limited($a), $d, 100, 0, $from), $d, $from, after($a)]; },
    'recvmsg' => function () { [$a, $b] = pair(SOCK_DGRAM); socket_write($b, 'hello'); $m = ['buffer_size' => 10]; return [socket_recvmsg($a, $m), $m, after($a)]; },
    'recvmsg, time-out' => function () { [$a] = pair(SOCK_DGRAM); $m = []; return [socket_recvmsg(limited($a), $m), $m, after($a)]; },
    'write' => function () { [$a, $b] = pair(); return [socket_write($a, 'hello', 3), socket_write($a, 'hello', 30), socket_write($a, 123), socket_write($a, ''), socket_read($b, 100), after($a)]; },
    'write, negative' => fn() => socket_write(pair()[0], 'hello', -1),
    'write, nobody reads' => function () { [$a, $b] = pair(); socket_close($b); return [socket_write($a, 'hello'), after($a)]; },
    'write, time-out' => function () { [$a, $b] = pair(); limited($a, SO_SNDTIMEO); $much = str_repeat('x', 1 << 20); return [socket_write($a, $much) === strlen(socket_read($b, 1 << 20)) ?: 'other', socket_write($a, $much) > 0, socket_write($a, 'x'), after($a)]; },
    'write, not blocking' => function () { [$a] = pair(); socket_set_nonblock($a); $much = str_repeat('x', 1 << 20); return [socket_write($a, $much) > 0, socket_write($a, $much), after($a)]; },
    'write, not connected' => function () { $a = socket_create(AF_INET, SOCK_STREAM, SOL_TCP); return [@socket_write($a, 'x'), after($a)]; },
    'write, reset' => function () { [$r, $a, $b] = tcp(); socket_write($a, 'x'); socket_set_option($b, SOL_SOCKET, SO_LINGER, ['l_onoff' => 1, 'l_linger' => 0]); socket_close($b); return [socket_write($a, 'x'), socket_write($a, 'x'), after($a)]; },
    'read, reset' => function () { [$r, $a, $b] = tcp(); socket_set_option($b, SOL_SOCKET, SO_LINGER, ['l_onoff' => 1, 'l_linger' => 0]); socket_close($b); return [socket_read($a, 10), socket_read($a, 10), after($a)]; },
    'send' => function () { [$a, $b] = pair(); return [socket_send($a, 'hello', 3, 0), socket_send($a, 'hello', 30, 0), socket_read($b, 100), after($a)]; },
    'send, too long' => function () { [$a] = pair(SOCK_DGRAM); return [socket_send($a, str_repeat('x', 1 << 20), 1 << 20, 0), after($a)]; },
    'sendto' => function () { [$a, $b] = pair(SOCK_DGRAM); return [socket_sendto($a, 'x', 1, 0, '/nowhere/at-all'), after($a)]; },
    'sendmsg' => function () { [$a, $b] = pair(); return [socket_sendmsg($a, ['iov' => ['a', 'bc']]), socket_sendmsg($a, ['iov' => 5]), socket_read($b, 10), after($a)]; },
    'accept, time-out' => function () { $s = socket_create_listen(0); return [socket_accept(limited($s)), after($s)]; },
    'accept, not blocking' => function () { $s = socket_create_listen(0); socket_set_nonblock($s); return [socket_accept($s), after($s)]; },
    'accept, not listening' => function () { $s = socket_create(AF_INET, SOCK_STREAM, SOL_TCP); return [socket_accept(limited($s)), after($s)]; },
    'connect' => function () { [$r, $a, $b] = tcp(); return [$r, after($a), socket_write($b, 'x'), socket_read($a, 1), socket_set_nonblock($a), socket_read($a, 1)]; },
    'connect, refused' => function () { [, , , $s] = tcp(); socket_getsockname($s, $x, $port); socket_close($s); $a = socket_create(AF_INET, SOCK_STREAM, SOL_TCP); return [socket_connect($a, '127.0.0.1', $port), after($a)]; },
    'connect, twice' => function () { [$r, $a, $b, $s] = tcp(); socket_getsockname($s, $x, $port); return [socket_connect($a, '127.0.0.1', $port), after($a)]; },
    'connect, a name' => function () { $s = socket_create_listen(0); socket_getsockname($s, $x, $port); $a = socket_create(AF_INET, SOCK_STREAM, SOL_TCP); return [socket_connect($a, 'localhost', $port), after($a)]; },
    'connect, no port' => function () { $a = socket_create(AF_INET, SOCK_STREAM, SOL_TCP); return socket_connect($a, 'localhost'); },
    'connect, a path' => function () { $a = socket_create(AF_UNIX, SOCK_STREAM, 0); return [socket_connect($a, '/nowhere/at-all'), after($a)]; },
    'connect, not blocking' => function () { $s = socket_create_listen(0); socket_getsockname($s, $x, $port); $a = socket_create(AF_INET, SOCK_STREAM, SOL_TCP); socket_set_nonblock($a); return [socket_connect($a, '127.0.0.1', $port), after($a)]; },
    'connect, packets' => function () { $a = socket_create(AF_INET, SOCK_DGRAM, SOL_UDP); return [socket_connect($a, '127.0.0.1', 9), after($a)]; },
    'select' => function () { [$a, $b] = pair(); socket_write($a, 'x'); $r = ['k' => $a, 7 => $b]; $w = [$a]; $e = null; return [socket_select($r, $w, $e, 5), array_keys($r), array_keys($w), $e]; },
    'select, nothing' => function () { [$a, $b] = pair(); $r = [$a]; $w = $e = null; return [socket_select($r, $w, $e, 0, 1000), $r, $w, $e]; },
    'select, not waiting' => function () { [$a, $b] = pair(); $r = [$a]; $w = $e = null; return [socket_select($r, $w, $e, 0), $r]; },
    'select, wrong' => function () { $r = [5]; $w = $e = null; return socket_select($r, $w, $e, 5); },
    'select, none' => function () { $r = $w = $e = null; return socket_select($r, $w, $e, 5); },
    'select, closed' => function () use ($closed) { $r = [$closed()]; $w = $e = null; return socket_select($r, $w, $e, 5); },
    'select, negative' => function () { [$a] = pair(); $r = [$a]; $w = $e = null; return [socket_select($r, $w, $e, -1), after($a)]; },
    'too few' => fn() => socket_read(),
]);
?>
--EXPECT--
53 calls, 0 differ
