--TEST--
what Event::add accepts: int, stream, ext-sockets socket, Process object, Coroutine\Socket; and what it refuses.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: what Event::add accepts: int, stream, ext-sockets socket, Process object, Coroutine\Socket; and what it refuses.
// Status: documented in part; the texts are accidental.
use Swoole\{Process, Event};
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
socket_create_pair(AF_UNIX, SOCK_STREAM, 0, $s);
$p = new Process(fn ($p) => $p->write('x'));
$e = new Process(fn ($p) => $p->write('x'));
$p->start();
foreach (['stream' => $a, 'socket' => $s[0], 'int' => $p->pipe, 'process' => $e] as $what => $x) {
    $r = Event::add($x, function ($y) use ($x, $what, &$log) { $log[] = "$what: same value " . var_export($x === $y, true) . "\n"; Event::del($y); });
    echo "$what: ", gettype($r), "\n";
}
fwrite($b, 'x');
socket_write($s[1], 'x');
$e->start();
Event::wait();
sort($log);
echo implode($log);
Process::wait();
Process::wait();
foreach ([-1, 'text', null, 1.5, new stdClass(), fopen(__FILE__, 'r')] as $x) {
    try {
        $r = Event::add($x, fn () => null);
    } catch (Throwable $t) {
        $r = get_class($t) . ': ' . $t->getMessage();
    }
    echo gettype($x), ': ', json_encode($r), "\n";
}
Event::wait();
--EXPECTF--
stream: integer
socket: integer
int: integer
process: integer
int: same value true
process: same value true
socket: same value true
stream: same value true

Warning: Swoole\Event::add(): invalid file descriptor#-1 passed in %s on line %d

Warning: Swoole\Event::add(): unknown fd type in %s on line %d
integer: false

Warning: Swoole\Event::add(): invalid file descriptor passed in %s on line %d

Warning: Swoole\Event::add(): unknown fd type in %s on line %d
string: false

Warning: Swoole\Event::add(): invalid file descriptor passed in %s on line %d

Warning: Swoole\Event::add(): unknown fd type in %s on line %d
NULL: false

Warning: Swoole\Event::add(): invalid file descriptor passed in %s on line %d

Warning: Swoole\Event::add(): unknown fd type in %s on line %d
double: false

Warning: Swoole\Event::add(): unknown fd type in %s on line %d
object: false

Warning: Swoole\Event::add(): swoole_event_add failed in %s on line %d
resource: false
