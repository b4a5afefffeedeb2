--TEST--
a script that has closed its standard descriptors: redirect, exec() and daemon() work, output is no message
--EXTENSIONS--
pcntl
posix
sockets
--FILE--
<?php
use Swoole\{Coroutine, Event, Process, Timer};
use Swoole\Process\Pool;
require __DIR__ . '/../support.inc';
// What is told goes here, as nothing else does.
[$told, $tell] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$program = pcntl_fork();
if ($program > 0) {
    fclose($tell);
    echo stream_get_contents($told);
    pcntl_waitpid($program, $status);
    exit;
}
fclose($told);
ini_set('display_errors', 0);
array_map(fclose(...), [STDIN, STDOUT, STDERR]);
$standard = fn () => implode(' ', array_map(fn (int $fd) => links()[$fd] ?? 'closed', [0, 1, 2]));
$say = fn (string ...$words) => fwrite($tell, implode(' ', $words) . "\n");
$say('pipes:', (function () use ($standard) {
    $objects = array_map(fn (int $type) => new Process(fn () => 0, false, $type), [SOCK_STREAM, SOCK_DGRAM]);
    return $standard();
})());
Event::add($tell, null, fn () => 0, SWOOLE_EVENT_WRITE);
Event::defer(fn () => Event::exit());
Event::wait();
$say('the loop:', $standard());
Coroutine\run(function () use ($say, $standard) {
    $socket = new Coroutine\Socket(AF_INET, SOCK_STREAM, 0);
    $socket->bind('127.0.0.1');
    $socket->listen(1);
    $client = new Coroutine\Socket(AF_INET, SOCK_STREAM, 0);
    $client->connect('127.0.0.1', $socket->getsockname()['port']);
    $server = $socket->accept(60);
    $say('sockets:', $standard());
    $say('exec():', trim(Coroutine\System::exec('echo from a command')['output']), Coroutine\System::gethostbyname('127.0.0.1'));
});
/** What a child sends until its end. */
function all(Process $p): string
{
    for ($text = ''; is_string($read = $p->read()) && $read !== ''; $text .= $read);
    Process::wait();
    return strtr(trim($text), "\n", ' ');
}
$run = function (callable $body, bool $redirect = false, string $input = '') {
    $p = new Process($body, $redirect);
    $p->start();
    $input !== '' && $p->write($input) && $p->close(Process::PIPE_WRITE);
    return all($p);
};
$say('a child:', $run(function (Process $p) use ($standard) {
    echo 'stray';
    error_log('stray');
    $p->write($standard());
}));
$say('redirect:', $run(function () {
    echo 'read ', fgets(fopen('php://stdin', 'r'));
}, true, "a line\n"));
$say('exec:', $run(fn (Process $p) => $p->exec('/bin/sh', ['-c', 'cat; echo done']), true, "to cat,\n"));
$say('daemon:', $run(function (Process $p) use ($standard) {
    Process::daemon(true, false);
    $p->write($standard());
}));
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
$pool->set(['enable_message_bus' => true]);
$pool->on('WorkerStart', fn (Pool $pool) => $pool->sendMessage(str_repeat('x', 100000), 0));
$pool->on('Message', function (Pool $pool, string $message) use ($say, $standard) {
    echo 'stray';
    $say('a worker:', $standard(), (string) strlen($message));
    $pool->shutdown();
});
$pool->start();
$say('in the end:', $standard());
Process::daemon(true, false);
$say('the daemon:', $standard());
?>
--EXPECT--
pipes: closed closed closed
the loop: closed closed closed
sockets: closed closed closed
exec(): from a command 127.0.0.1
a child: /dev/null /dev/null /dev/null
redirect: read a line
exec: to cat, done
daemon: /dev/null /dev/null /dev/null
a worker: /dev/null /dev/null /dev/null 100000
in the end: closed closed closed
the daemon: /dev/null /dev/null /dev/null
