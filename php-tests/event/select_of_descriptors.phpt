--TEST--
swoole_client_select(), swoole_select(): what is ready stays in the arrays, with its keys; handles of every kind; time limits; signals; refusals
--EXTENSIONS--
pcntl
posix
sockets
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
socket_create_pair(AF_UNIX, SOCK_STREAM, 0, $pair);
$read = ['x' => $a, 'y' => $b, 7 => $pair[0]];
$write = [$a];
$except = null;
var_dump(swoole_client_select($read, $write, $except, 5), array_keys($read), $write === [$a], $except);
fwrite($a, 'data');
socket_write($pair[1], 'data');
$read = ['x' => $a, 'y' => $b, 7 => $pair[0]];
$write = [];
$except = [$a];
var_dump(swoole_select($read, $write, $except, -1), array_keys($read), $write, $except);
echo "nothing in time\n";
$read = [$a];
$none = null;
$began = microtime(true);
var_dump(swoole_select($read, $none, $none, 0.05), $read, microtime(true) - $began >= 0.05);
$read = [$a];
var_dump(swoole_select($read, $none, $none, 0), $read);
echo "processes, and the other side has gone\n";
$p = new Process(fn (Process $p) => $p->write('hello'));
$p->start();
$read = ['p' => $p];
var_dump(swoole_select($read, $none, $none, 5), $read === ['p' => $p], $p->read(), ending(Process::wait()));
fclose($b);
$read = $write = $except = [$a];
var_dump(swoole_select($read, $write, $except, 5), count($except));
echo "a signal\n";
pcntl_async_signals(true);
[$from, $to] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
// The alarm repeats: on a slow machine it comes again before it is off.
$once = fn (callable $handler) => function () use (&$handler) {
    Process::alarm(0);
    [$now, $handler] = [$handler, fn () => null];
    $now();
};
pcntl_signal(SIGALRM, $once(function () use ($to) {
    echo "handled\n";
    fwrite($to, 'x');
}));
Process::alarm(10_000);
$read = [$from];
var_dump(swoole_select($read, $none, $none, 30), fread($from, 1));
pcntl_signal(SIGALRM, $once(fn () => throw new Exception('enough')));
Process::alarm(10_000);
try {
    $read = [$from];
    swoole_select($read, $none, $none, 30);
} catch (Exception $e) {
    echo $e->getMessage(), ' ', count($read), "\n";
}
echo "refusals\n";
$empty = [];
$text = 'text';
$wrong = ['no handle'];
foreach ([[$none, $none, $none], [$empty, $none, $none], [$text, $none, $none], [$wrong, $none, $none]] as [$read, $write, $except]) {
    try {
        var_dump(swoole_select($read, $write, $except));
    } catch (TypeError $e) {
        echo $e->getMessage(), "\n";
    }
}
?>
--EXPECTF--
int(1)
array(0) {
}
bool(true)
NULL
int(2)
array(2) {
  [0]=>
  string(1) "y"
  [1]=>
  int(7)
}
array(0) {
}
array(0) {
}
nothing in time
int(0)
array(0) {
}
bool(true)
int(0)
array(0) {
}
processes, and the other side has gone
int(1)
bool(true)
string(5) "hello"
string(6) "code 0"
int(3)
int(1)
a signal
handled
int(1)
string(1) "x"
enough 1
refusals

Warning: swoole_select(): no resource arrays were passed to select in %s on line %d
bool(false)

Warning: swoole_select(): no resource arrays were passed to select in %s on line %d
bool(false)
swoole_select(): Argument #1 ($read) must be of type ?array, string given

Warning: swoole_select(): invalid file descriptor passed in %s on line %d

Warning: swoole_select(): unknown fd type in %s on line %d
bool(false)
