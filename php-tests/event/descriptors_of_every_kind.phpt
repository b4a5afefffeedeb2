--TEST--
what can be watched: numbers, streams, a child's standard input, sockets, process objects; the callback gets what was added
--EXTENSIONS--
sockets
--FILE--
<?php
use Swoole\{Event, Process};
require __DIR__ . '/../support.inc';
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
socket_create_pair(AF_UNIX, SOCK_STREAM, 0, $pair);
$p = new Process(fn (Process $p) => $p->write('from the process'));
$q = new Process(fn (Process $p) => $p->write('from the pipe of a process'));
$command = proc_open(['echo', 'from a command'], [1 => ['pipe', 'w']], $pipes);
$read = [
    'stream' => [$a, fn ($a) => fread($a, 100)],
    'socket' => [$pair[0], fn ($s) => socket_read($s, 100)],
    'process' => [$p, fn ($p) => $p->read()],
    'number' => [$q->pipe, fn () => $q->read()],
    'command' => [$pipes[1], fn ($pipe) => rtrim(fread($pipe, 100))],
];
foreach ($read as $kind => [$what, $take]) {
    $number = Event::add($what, function ($given) use ($what, $kind, $take, &$log) {
        $log[] = sprintf('%s: %s, %s', $kind, $given === $what ? 'the same value' : 'another value', $take($given));
        Event::del($given);
    });
    is_int($number) && Event::isset($what) && Event::isset($number) || print("$kind was not added\n");
}
fwrite($b, 'from a stream');
socket_write($pair[1], 'from a socket');
$p->start();
$q->start();
Event::wait();
sort($log);
echo implode("\n", $log), "\n";
Process::wait();
Process::wait();
proc_close($command);

$p = new Process(function () {
    foreach ([STDIN, fopen('php://stdin', 'r')] as $stdin) {
        Event::add($stdin, function ($stdin) {
            echo 'read ' . fread($stdin, 10);
            Event::del($stdin);
        });
        Event::wait();
    }
}, true, Process::PIPE_TYPE_STREAM);
$p->start();
foreach (['x', 'y'] as $byte) {
    $p->write($byte);
    echo 'the child: ', $p->read(), "\n";
}
Process::wait();
?>
--EXPECT--
command: the same value, from a command
number: the same value, from the pipe of a process
process: the same value, from the process
socket: the same value, from a socket
stream: the same value, from a stream
the child: read x
the child: read y
