<?php
// The part of the table that is about streams of PHP whose calls let other coroutines run.

namespace Faults;

use Swoole\Coroutine;

/** Two streams that are connected, and have hooks. */
function hookedPair(object $c): void
{
    Coroutine::set(['hook_flags' => SWOOLE_HOOK_ALL]);
    [$c->a, $c->b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
}

/** A stream with no room left. */
function hookedFull(object $c): void
{
    hookedPair($c);
    stream_set_blocking($c->a, false);
    while (@fwrite($c->a, str_repeat('x', 65536)) > 0);
    stream_set_blocking($c->a, true);
}

/** Reads all that there is. */
function emptied($stream): void
{
    stream_set_blocking($stream, false);
    while (fread($stream, 1 << 20) !== '');
}

/** A stream that listens, and has hooks. */
function hookedServer(object $c): void
{
    Coroutine::set(['hook_flags' => SWOOLE_HOOK_ALL]);
    $c->server = stream_socket_server('tcp://127.0.0.1:0');
    $c->address = stream_socket_get_name($c->server, false);
    $c->names = ['{port}' => substr(strrchr($c->address, ':'), 1)];
}

/** Two streams of datagrams. */
function hookedDatagrams(object $c): void
{
    Coroutine::set(['hook_flags' => SWOOLE_HOOK_ALL]);
    $c->a = stream_socket_server('udp://127.0.0.1:0', $errno, $error, STREAM_SERVER_BIND);
    $c->b = stream_socket_client('udp://' . stream_socket_get_name($c->a, false));
}

/** What a call gives; its warnings are those of PHP, and compared elsewhere. */
function quiet(\Closure $call): mixed
{
    set_error_handler(fn (): bool => true);
    try {
        return $call();
    } finally {
        restore_error_handler();
    }
}

$same = Answer::same();
$untrue = Answer::untrue();
/** What a wait of a stream does; a loop that fails ends, and those who waited in it are canceled. */
$waits = fn (mixed $nothing = false): array => [
    'epollcreate' => Answer::gives($nothing),
    // Known by its number already: a copy is watched.
    'epollctl' => Answer::gives($nothing), 'epollctl#1:EEXIST' => $same, 'epollctl#all:EEXIST' => Answer::gives($nothing),
    'sigprocmask' => Answer::throws('sigprocmask()')->coded(SWOOLE_ERROR_CO_CANCELED),
    'epollwait' => Answer::throws('epoll_wait()')->coded(SWOOLE_ERROR_CO_CANCELED), 'epollwait:EINTR' => $same,
];
// A look that a signal interrupts is repeated, though others that fail are not.
$looksAgain = ['poll#1:EINTR' => $same, 'poll#all:EINTR' => $same];
$operations = [];

$operations[] = new Operation(
    'fgets, that lets others run',
    fn (object $c) => meanwhile(fn () => quiet(fn () => fgets($c->a)), fn () => fwrite($c->b, "hello\n")),
    // The kernel does not say that there is nothing after it has told of something. A socket that may listen is left to the
    // engine.
    [...$waits(), 'recv' => Answer::gives(false), ...array_fill_keys(['recv:EINTR', 'recv:EINVAL', 'recv:ENOTCONN'], $same),
        'recv#1:EAGAIN' => $same, 'recv:EAGAIN' => $untrue, 'recv#all:EAGAIN' => $untrue],
    hookedPair(...),
    again: false,
);
$operations[] = new Operation(
    'fwrite, that lets others run',
    fn (object $c) => meanwhile(fn () => quiet(fn () => fwrite($c->a, 'hello')), fn () => emptied($c->b)),
    $waits(),
    hookedFull(...),
    again: false,
);
$operations[] = new Operation(
    'stream_select, that lets others run',
    fn (object $c) => meanwhile(fn () => quiet(function () use ($c): int|false {
        $read = [$c->a];
        return stream_select($read, $none, $none, null);
    }), fn () => fwrite($c->b, "hello\n")),
    [...$waits(0), 'poll#1' => Answer::gives(0), 'poll#2' => $same, 'poll#all' => Answer::gives(0), ...$looksAgain, 'fstat' => Answer::gives(0),
        // What is forgotten.
        'epollctl#2' => $same, 'fstat#2' => $same],
    hookedPair(...),
    again: false,
);
$operations[] = new Operation(
    'stream_socket_accept, that lets others run',
    fn (object $c) => meanwhile(fn () => quiet(fn () => is_resource($c->accepted = stream_socket_accept($c->server))), function () use ($c): void {
        $c->client = stream_socket_client("tcp://$c->address");
    }),
    // The last ones are of the client.
    [...$waits(), 'poll' => $same, 'fcntl' => $same, 'getaddrinfo' => $same, 'getsockopt' => $same],
    hookedServer(...),
    again: false,
);
// The look-up of a name is that of Swoole\Coroutine\Socket::connect().
$operations[] = new Operation(
    'stream_socket_client, that lets others run',
    fn (object $c) => inside(fn () => quiet(fn () => is_resource($c->client = stream_socket_client("tcp://$c->address")))),
    ['fcntl' => $same, 'getaddrinfo' => $same, 'getsockopt' => Answer::gives(false), 'poll' => Answer::gives(false), 'poll:EINTR' => $same],
    hookedServer(...),
    again: false,
);
$operations[] = new Operation(
    'stream_socket_recvfrom, that lets others run',
    fn (object $c) => meanwhile(fn () => quiet(fn () => stream_socket_recvfrom($c->a, 10)), fn () => fwrite($c->b, 'hello')),
    // The kernel does not say that there is nothing after it has told of something.
    [...$waits(), 'recv' => Answer::gives(false), 'recv:EINTR' => $same, 'recv#1:EAGAIN' => $same, 'recv:EAGAIN' => $untrue, 'recv#all:EAGAIN' => $untrue],
    hookedDatagrams(...),
    again: false,
);
$operations[] = new Operation(
    'stream_socket_sendto, that lets others run',
    fn (object $c) => meanwhile(fn () => quiet(fn () => stream_socket_sendto($c->a, 'hello')), fn () => emptied($c->b)),
    [...$waits(-1), 'send' => Answer::gives(-1), 'send:EINTR' => $same, 'send#1:EAGAIN' => $same, 'send:EAGAIN' => $untrue, 'send#all:EAGAIN' => $untrue, 'send#1:EALREADY' => Answer::gives(-1)],
    hookedFull(...),
    again: false,
);

return $operations;
