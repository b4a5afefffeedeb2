<?php
// The part of the table that is about handles: dup(), sendHandle(), receiveHandle().

namespace Faults;

use Swoole\Coroutine\Socket;
use Swoole\Process;

/** A file of which some is read. */
function begun(object $c): void
{
    $c->file = fopen(__FILE__, 'r');
    fread($c->file, 3);
}

/** Not started. It ends with the length of the data of the handle that waits for it; with 99 without one. */
function receiver(int $type): Process
{
    return new Process(fn (Process $p) => exit($p->receiveHandle(0.001, $data) ? strlen($data) : 99), false, $type);
}

/** A child that has sent a handle, and ends with 7 when it is told to go. */
function sender(int $type): Process
{
    $sender = new Process(function (Process $p) {
        $p->sendHandle(fopen(__FILE__, 'r'), 'data');
        exit($p->read() === 'go' ? 7 : 1);
    }, false, $type);
    $sender->start();
    [$read, $none] = [[fopen("php://fd/{$sender->pipe}", 'r')], []];
    stream_select($read, $none, $none, null);
    return $sender;
}

/** As sender(), of a value. */
function sender_of(int $type, mixed $value): Process
{
    $sender = new Process(function (Process $p) use ($value) {
        $p->send($value);
        exit($p->read() === 'go' ? 7 : 1);
    }, false, $type);
    $sender->start();
    [$read, $none] = [[fopen("php://fd/{$sender->pipe}", 'r')], []];
    stream_select($read, $none, $none, null);
    return $sender;
}

/** What a handle is read to be, and its data. */
function shown(mixed $handle, ?string $data): array|false
{
    return is_resource($handle) ? [fread($handle, 5), $data] : $handle;
}

/** A handle that waits at the other side of a pair. */
function offered(object $c, int $type): void
{
    [$c->a, $c->b] = swoole_coroutine_socketpair(AF_UNIX, $type, 0);
    $c->b->sendHandle(fopen(__FILE__, 'r'), 'data');
}

$same = Answer::same();
$marks = Answer::marks();
$untrue = Answer::untrue();
/** What is asked before there is a stream for a descriptor that is no socket. */
$opens = [
    'getsockopt' => Answer::warns('fcntl()'), 'getsockopt:ENOTSOCK' => $same,
    'fcntl' => Answer::warns('fcntl()'),
];
/** The data, which are in a file. */
$fetches = [
    'fstat' => Answer::warns('pread()'),
    // By another way, on which there is no offset.
    'pread' => Answer::warns('pread()'), 'pread:EINTR' => $same, 'pread:ESPIPE' => $untrue,
];
/** A copy that cannot be had is done without. */
$room = fn (Answer $fails): array => [
    'malloc#1' => $fails, 'malloc' => $same, 'malloc#4' => Answer::warns('pread()'), 'malloc#all' => $fails,
];
/** What is sent with a handle. */
$stores = fn (Answer $fails): array => [
    'memfdcreate' => $fails,
    // A pipe takes the place of a file that may not be so large.
    'write' => $fails, 'write:EINTR' => $same, 'write:EFBIG' => $same, 'write#all:EFBIG' => $fails, 'write#all:EINTR' => $same,
];
$operations = [];

// The descriptor that ends the parts of streams is made once, and stays open.
(new Process(fn () => 0, false, SOCK_STREAM))->send('');

$operations[] = new Operation(
    'Swoole\dup, of a file',
    fn (object $c) => is_resource($c->copy = \Swoole\dup($c->file)) ? fread($c->copy, 4) : $c->copy,
    [
        'lseek' => Answer::warns('lseek()'), 'lseek:ESPIPE' => $untrue,
        ...$opens,
    ],
    begun(...),
);
$operations[] = new Operation(
    'Swoole\dup, of a coroutine socket',
    fn (object $c) => ($c->copy = \Swoole\dup($c->s)) instanceof Socket,
    ['fcntl' => Answer::warns('fcntl()'), 'getsockopt' => Answer::warns('fcntl()')],
    fn (object $c) => $c->s = new Socket(AF_INET, SOCK_STREAM),
);
$operations[] = new Operation(
    'Swoole\dup, of a socket',
    fn (object $c) => ($c->copy = \Swoole\dup($c->s)) instanceof \Socket,
    ['fcntl' => Answer::warns('fcntl()'), 'getsockopt' => Answer::warns('fcntl()'), 'getsockopt:ENOTSOCK' => $untrue],
    fn (object $c) => $c->s = socket_create(AF_INET, SOCK_STREAM, 0),
);
$operations[] = new Operation(
    'Swoole\dup2, of what standard input is already',
    fn (object $c) => \Swoole\dup2($c->file, 0),
    ['dup' => Answer::warns('dup2()')],
    fn (object $c) => $c->file = fopen('/dev/null', 'r'),
);
foreach (['stream' => SOCK_STREAM, 'message' => SOCK_DGRAM] as $name => $type) {
    $fails = Answer::warns('sendmsg()');
    $operations[] = new Operation(
        "Swoole\\Process::sendHandle, $name pipe",
        fn (object $c) => $c->p->sendHandle($c->file, 'data'),
        [
            ...array_map(fn (Answer $answer) => $answer === $fails ? $fails->leaving(['code 99']) : $answer, $stores($fails)),
            'send' => $fails->leaving(['code 99']), 'send:EINTR' => $same, 'send:ECONNRESET' => $same,
        ],
        function (object $c) use ($type): void {
            $c->file = fopen(__FILE__, 'r');
            $c->p = receiver($type);
        },
        function (object $c): array {
            $c->p->start();
            return ends();
        },
        short: ['write'],
        again: false,
    );
    $operations[] = new Operation(
        "Swoole\\Process::sendHandle, $name pipe with room after a while",
        fn (object $c) => $c->p->sendHandle($c->file),
        [
            'send' => $fails, 'send:EINTR' => $same, 'send:ECONNRESET' => $same, 'send:EAGAIN' => $untrue,
            'fcntl' => $fails,
            ...$waits('sendmsg()'),
        ],
        function (object $c) use ($type): void {
            $c->file = fopen(__FILE__, 'r');
            $c->p = new Process(fn (Process $p) => exit($p->receiveHandle(5) ? 7 : 1), false, $type);
            $c->p->start();
        },
        function (object $c): array {
            // For one that has got none.
            @$c->p->sendHandle($c->file);
            return ends();
        },
        'send@here:1:EAGAIN',
        again: false,
    );
    $fails = Answer::warns('recvmsg()');
    $receives = [
        'recv' => $fails, 'recv:EAGAIN' => $same, 'recv:EINTR' => $same, 'recv:ECONNRESET' => $same,
        ...$type === SOCK_STREAM ? ['ioctl' => $fails] : [],
        ...$room($fails), ...$fetches, ...$opens,
    ];
    $operations[] = new Operation(
        "Swoole\\Process::receiveHandle, $name pipe",
        fn (object $c) => shown($c->p->receiveHandle(5, $data), $data),
        $receives,
        fn (object $c) => $c->p = sender($type),
        $go,
        short: ['pread'],
    );
    $operations[] = new Operation(
        "Swoole\\Process::receiveHandle, $name pipe that is waited for",
        fn (object $c) => shown($c->p->receiveHandle(5, $data), $data),
        [
            ...$type === SOCK_STREAM
                // There was room once before.
                ? ['malloc#2' => $fails, 'malloc#3' => $same, 'malloc#5' => Answer::warns('pread()'), ...array_diff_key($receives, ['malloc' => 0, 'malloc#4' => 0])]
                : $receives,
            ...$waits('recvmsg()'),
        ],
        fn (object $c) => $c->p = sender($type),
        $go,
        'recv@here:1:EAGAIN',
    );
    $operations[] = new Operation(
        "Swoole\\Process::read, of a $name pipe with a handle",
        fn (object $c) => $c->p->read(),
        ['recv' => Answer::warns('read()'), 'recv:EAGAIN' => $same, 'recv:EINTR' => $same, 'recv:ECONNRESET' => $same, 'malloc' => Answer::warns('read()'), 'setsockopt' => $same],
        fn (object $c) => $c->p = sender($type),
        function (object $c) use ($go): array {
            $data = null;
            return [shown($c->p->receiveHandle(5, $data), $data), $go($c)];
        },
    );
    $operations[] = new Operation(
        "Swoole\\Process::receiveHandle, $name pipe in a coroutine",
        fn (object $c) => inside(fn () => shown($c->p->receiveHandle(5, $data), $data)),
        [
            ...$receives,
            // For the copy of the pipe's end.
            'fcntl#1' => Answer::warns('exportSocket()'), 'fcntl#all' => Answer::warns('exportSocket()'),
            'getsockopt' => Answer::warns('exportSocket()'), 'getsockopt#4' => Answer::warns('fcntl()'), 'getsockopt#4:ENOTSOCK' => $same,
            'getsockopt:ENOTSOCK' => Answer::warns('exportSocket()'),
            // It is there, and nothing tells of it once more.
            'recv#all:EAGAIN' => $untrue,
        ],
        fn (object $c) => $c->p = sender($type),
        $go,
    );
    foreach (['short' => 'text', 'long' => str_repeat('long ', 5000)] as $length => $value) {
        $inFile = $length === 'long';
        $fails = Answer::warns('sendmsg()');
        $operations[] = new Operation(
            "Swoole\\Process::send, $length value, $name pipe",
            fn (object $c) => $c->p->send($value),
            [
                ...$inFile
                    ? array_map(fn (Answer $answer) => $answer === $fails ? $fails->leaving(['code 99']) : $answer, $stores($fails))
                    : ['malloc' => $fails->leaving(['code 99'])],
                'send' => $fails->leaving(['code 99']), 'send:EINTR' => $same, 'send:ECONNRESET' => $same,
            ],
            fn (object $c) => $c->p = new Process(fn (Process $p) => exit($p->receive(0.001) === $value ? 7 : 99), false, $type),
            function (object $c): array {
                $c->p->start();
                return ends();
            },
            short: ['write'],
            again: false,
        );
        $fails = Answer::warns('recvmsg()');
        $operations[] = new Operation(
            "Swoole\\Process::receive, $length value, $name pipe",
            fn (object $c) => $c->p->receive(5),
            [
                'recv' => $fails, 'recv:EAGAIN' => $same, 'recv:EINTR' => $same, 'recv:ECONNRESET' => $same, 'setsockopt' => $same,
                ...$inFile
                    ? ['malloc' => $same, 'fstat' => Answer::warns('pread()'), 'pread' => Answer::warns('pread()'), 'pread:EINTR' => $same, 'pread:ESPIPE' => $untrue]
                    : ['malloc' => $fails],
            ],
            fn (object $c) => $c->p = sender_of($type, $value),
            $go,
            short: ['pread'],
        );
        $operations[] = new Operation(
            "Swoole\\Process::read, of a $name pipe with a $length value",
            fn (object $c) => $c->p->read(),
            [
                'recv' => Answer::warns('read()'), 'recv:EAGAIN' => $same, 'recv:EINTR' => $same, 'recv:ECONNRESET' => $same, 'setsockopt' => $same,
                'malloc' => Answer::warns('read()'),
            ],
            fn (object $c) => $c->p = sender_of($type, $value),
            fn (object $c): array => [$c->p->receive(0.05) === $value, $go($c)],
        );
    }
    $tries = fn (string $call): array => [$call => $marks, "$call:EINTR" => $same, "$call:EAGAIN" => $same, "$call#all:EAGAIN" => $untrue];
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Socket::sendHandle, $name",
        fn (object $c) => inside(fn () => outcome($c->a, $c->a->sendHandle(STDIN, 'data'))),
        [
            ...array_map(fn (Answer $answer) => $answer === $marks ? $marks->leaving(false) : $answer, $stores($marks)),
            ...$tries('send'), 'send' => $marks->leaving(false),
        ],
        fn (object $c) => both($c, $type),
        fn (object $c) => inside(fn () => is_resource($c->b->receiveHandle(0.001, $data)) ? $data : false),
        again: false,
    );
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Socket::receiveHandle, $name",
        fn (object $c) => inside(fn () => outcome($c->a, shown($c->a->receiveHandle(5, $data), $data))),
        [
            ...$tries('recv'),
            ...$type === SOCK_STREAM ? ['ioctl' => $marks] : [],
            'malloc#1' => $marks, 'malloc#all' => $marks, 'malloc' => $same, 'malloc#4' => $marks,
            'fstat' => $marks, 'pread' => $marks, 'pread:EINTR' => $same, 'pread:ESPIPE' => $untrue,
            'getsockopt' => $marks, 'getsockopt:ENOTSOCK' => $same, 'fcntl' => $marks,
        ],
        fn (object $c) => offered($c, $type),
    );
}
return $operations;
