<?php
// The part of the table that is about Swoole\Coroutine\Socket.

namespace Faults;

use Swoole\Coroutine;
use Swoole\Coroutine\Socket;
use Swoole\Process;

/** What a call of a socket gave, and what its properties tell. */
function outcome(Socket $socket, mixed $result): array
{
    return [$result, $socket->errCode, $socket->errMsg];
}

/** Two sockets that are connected. */
function both(object $c, int $type = SOCK_STREAM): void
{
    [$c->a, $c->b] = swoole_coroutine_socketpair(AF_UNIX, $type, 0);
}

/** What has arrived at the other side of a pair. */
function received(object $c): string
{
    return (string) $c->b->peek();
}

/** A path that is free. */
function path(object $c): string
{
    $c->path = tempnam(sys_get_temp_dir(), 'faults');
    unlink($c->path);
    return $c->path;
}

/** What is left of a bound path when its socket is closed. */
function unbound(object $c): bool
{
    $c->s->close();
    $left = file_exists($c->path);
    $left && unlink($c->path);
    return $left;
}

/** A socket that listens. */
function server(object $c, int $domain): void
{
    $c->server = new Socket($domain, SOCK_STREAM);
    $c->server->bind($domain === AF_UNIX ? path($c) : '127.0.0.1');
    $c->server->listen();
    $c->address = $c->server->getsockname();
    $c->s = new Socket($domain, SOCK_STREAM);
}

/** Two sockets for datagrams, the first with something to receive. */
function datagrams(object $c, string $text = ''): void
{
    $c->a = new Socket(AF_INET, SOCK_DGRAM);
    $c->b = new Socket(AF_INET, SOCK_DGRAM);
    $c->a->bind('127.0.0.1');
    $c->b->bind('127.0.0.1');
    $c->address = $c->b->getsockname();
    if ($text !== '') {
        $c->b->sendto('127.0.0.1', $c->a->getsockname()['port'], $text);
    }
}

/** An exported socket, and a child that has written to it and goes when it is told to. */
function exported(object $c): void
{
    $c->p = talker(SOCK_STREAM);
    $c->s = $c->p->exportSocket();
}

$same = Answer::same();
$marks = Answer::marks();
$untrue = Answer::untrue();
/**
 * What is tried, and waited for when there is nothing yet. A kernel that says so again after it has told of the
 * opposite would be lying.
 */
$tries = fn (string $call, Answer $fails): array => [
    $call => $fails, "$call:EINTR" => $same, "$call:EAGAIN" => $same, "$call#all:EAGAIN" => $untrue,
];
/** What a wait does; a loop that fails ends, and those who waited in it are canceled. */
$waits = [
    'epollcreate' => $marks,
    // Known by its number already: a copy is watched.
    'epollctl' => $marks, 'epollctl#1:EEXIST' => $same, 'epollctl#all:EEXIST' => $marks,
    'sigprocmask' => Answer::throws('sigprocmask()')->coded(SOCKET_ECANCELED),
    'epollwait' => Answer::throws('epoll_wait()')->coded(SOCKET_ECANCELED), 'epollwait:EINTR' => $same,
];
/** The same for who waits for the other process as well: when it cannot be told of the end, it asks. */
$waitsForBoth = [
    ...array_diff_key($waits, ['epollcreate' => 0]),
    'pidfdopen' => $same, 'waitid' => $same,
    'epollcreate#1' => $same, 'epollcreate#all' => $marks,
    'epollctl#1' => $same, 'epollctl#2:EEXIST' => $same, 'epollctl#all' => $marks,
];
$kinds = ['stream' => SOCK_STREAM, 'message' => SOCK_DGRAM];
$operations = [];

$operations[] = new Operation(
    'Swoole\Coroutine\Socket::__construct',
    fn (object $c) => ($c->s = new Socket(AF_UNIX, SOCK_STREAM))->fd > 2,
    ['socket' => Answer::refuses()],
);
$operations[] = new Operation(
    'swoole_coroutine_socketpair',
    fn (object $c) => is_array($c->pair = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0)),
    ['socketpair' => Answer::warns('socketpair()')],
);
$operations[] = new Operation(
    'Swoole\Coroutine\Socket::import',
    fn (object $c) => ($c->s = Socket::import($c->stream)) instanceof Socket,
    ['fcntl' => Answer::warns('import({fd})'), 'getsockopt' => Answer::warns('import({fd})')],
    function (object $c): void {
        $before = links();
        $c->stream = stream_socket_server('udp://127.0.0.1:0', flags: STREAM_SERVER_BIND);
        $c->names = ['import({fd}' => 'import(' . key(array_diff_key(links(), $before))];
    },
);
$operations[] = new Operation(
    'Swoole\Coroutine\Socket::bind, to a path',
    fn (object $c) => outcome($c->s, $c->s->bind($c->path)),
    [
        'bind' => $marks,
        // A path that could not be told from another one later is removed at once.
        'stat' => $marks,
        // Somebody else has removed it, so it seems.
        'stat:ENOENT' => $same->leaving(true),
    ],
    function (object $c): void {
        path($c);
        $c->s = new Socket(AF_UNIX, SOCK_STREAM);
    },
    unbound(...),
    // A socket that is bound stays so.
    again: false,
);
$operations[] = new Operation(
    'Swoole\Coroutine\Socket::bind, to an address',
    fn (object $c) => outcome($c->s, $c->s->bind('127.0.0.1')),
    ['setsockopt' => $marks, 'bind' => $marks],
    fn (object $c) => $c->s = new Socket(AF_INET, SOCK_STREAM),
);
$operations[] = new Operation(
    'Swoole\Coroutine\Socket::listen',
    fn (object $c) => outcome($c->s, $c->s->listen()),
    ['listen' => $marks],
    function (object $c): void {
        $c->s = new Socket(AF_INET, SOCK_STREAM);
        $c->s->bind('127.0.0.1');
    },
);
foreach (['at once' => '', 'that is waited for' => 'accept@here:1:EAGAIN'] as $when => $given) {
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Socket::accept, $when",
        fn (object $c) => inside(function () use ($c): array {
            $c->accepted = $c->server->accept();
            return outcome($c->server, $c->accepted instanceof Socket);
        }),
        [
            'fcntl' => $marks,
            ...$tries('accept', $marks->leaving('hello')),
            // Somebody who has hung up is nobody.
            'accept:ECONNABORTED' => $same,
            ...$given === '' ? [] : ['accept:EAGAIN' => $untrue, ...$waits],
        ],
        function (object $c): void {
            server($c, AF_INET);
            inside(function () use ($c): void {
                $c->s->connect($c->address['address'], $c->address['port']);
                $c->s->send('hello');
            });
        },
        function (object $c): string {
            $c->server->close();
            return $c->accepted->recv();
        },
        $given,
    );
}
$operations[] = new Operation(
    'Swoole\Coroutine\Socket::connect, to a path',
    fn (object $c) => inside(fn () => outcome($c->s, $c->s->connect($c->path))),
    [
        'fcntl' => $marks,
        'connect' => $marks,
        // There is no room in its queue: it is tried again, in a while.
        'connect:EAGAIN' => $same,
        'connect:EINTR' => $untrue, 'connect:EINPROGRESS' => $untrue,
    ],
    fn (object $c) => server($c, AF_UNIX),
    fn (object $c) => $c->server->close(),
);
foreach (['an address' => null, 'a name' => 'localhost'] as $what => $name) {
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Socket::connect, to $what",
        fn (object $c) => attended(function () use ($c, $name): array {
            return outcome($c->s, $c->s->connect($name ?? $c->address['address'], $c->address['port']));
        }),
        [
            ...$name === null ? [] : [
                'pipe' => $marks, 'clone' => $marks, 'sigprocmask#1' => $marks, 'sigprocmask#all' => $marks,
                'malloc' => $marks, 'read' => $marks, 'read:EINTR' => $same, 'read:EAGAIN' => $untrue,
                // It has ended; without this call it stays as a dead entry until this process ends.
                'kill' => $same, 'waitid' => $same,
                'getaddrinfo@child' => $marks,
                // The second one forgets what is closed at once.
                'epollctl#2' => $same, 'epollctl#3:EEXIST' => $same,
                ...lookingUp(Answer::gives([false, PCNTL_ECHILD, posix_strerror(PCNTL_ECHILD)])->coded(PCNTL_ECHILD)),
            ],
            'fcntl' => $marks,
            'connect' => $marks, 'connect:EINTR' => $untrue, 'connect:EINPROGRESS' => $untrue,
            'getsockopt' => $marks,
            'getpeername' => $marks, 'getpeername:ENOTCONN' => $untrue,
            ...$waits,
            // What is added need not be there.
            'epollctl:ENOENT' => $untrue,
        ],
        function (object $c): void {
            Coroutine::set(['dns_cache_capacity' => 0]);
            server($c, AF_INET);
        },
        fn (object $c) => $c->server->close(),
        again: false,
    );
}
foreach ($kinds as $kind => $type) {
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Socket::send, $kind",
        fn (object $c) => inside(fn () => outcome($c->a, $c->a->send('hello'))),
        $tries('send', $marks->leaving('hello')),
        fn (object $c) => both($c, $type),
        received(...),
    );
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Socket::sendAll, $kind",
        fn (object $c) => inside(fn () => outcome($c->a, $c->a->sendAll('hello'))),
        $tries('send', $marks->leaving('hello')),
        fn (object $c) => both($c, $type),
        received(...),
        short: $kind === 'stream' ? ['send'] : [],
    );
    foreach (['recv', 'recvAll'] as $method) {
        $operations[] = new Operation(
            "Swoole\\Coroutine\\Socket::$method, $kind",
            fn (object $c) => inside(fn () => outcome($c->a, $c->a->$method(5))),
            [
                ...$tries('recv', $marks),
                ...$method === 'recvAll' && $kind === 'stream' ? ['ioctl' => $marks] : [],
            ],
            function (object $c) use ($type): void {
                both($c, $type);
                $c->b->send('hello');
            },
        );
    }
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Socket::recv, $kind with room for a lot",
        fn (object $c) => inside(fn () => outcome($c->a, $c->a->recv(PHP_INT_MAX))),
        [...$tries('recv', $marks), ...$kind === 'stream' ? ['ioctl' => $marks] : []],
        function (object $c) use ($type): void {
            both($c, $type);
            $c->b->send('hello');
        },
    );
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Socket::peek, $kind",
        fn (object $c) => outcome($c->a, $c->a->peek()),
        ['recv' => $marks, 'recv:EINTR' => $same],
        function (object $c) use ($type): void {
            both($c, $type);
            $c->b->send('hello');
        },
    );
}
$operations[] = new Operation(
    'Swoole\Coroutine\Socket::send, that waits for room',
    fn (object $c) => inside(fn () => outcome($c->a, $c->a->send('hello'))),
    ['send' => $marks->leaving('hello'), 'send:EINTR' => $same, 'send:EAGAIN' => $untrue, ...$waits],
    fn (object $c) => both($c),
    received(...),
    'send@here:1:EAGAIN',
);
$operations[] = new Operation(
    'Swoole\Coroutine\Socket::recv, that is waited for',
    fn (object $c) => inside(fn () => outcome($c->a, $c->a->recv())),
    ['recv' => $marks, 'recv:EINTR' => $same, 'recv:EAGAIN' => $untrue, ...$waits],
    function (object $c): void {
        both($c);
        $c->b->send('hello');
    },
    given: 'recv@here:1:EAGAIN',
);
$operations[] = new Operation(
    'Swoole\Coroutine\Socket::recv, of a message that is cut',
    fn (object $c) => outcome($c->a, $c->a->recv(1)),
    [
        'recv' => $marks, 'recv:EINTR' => $same, 'recv:EAGAIN' => $untrue,
        'write' => Answer::gives(['h', 0, ''])->logging(''),
        'write:EINTR' => $same,
    ],
    function (object $c): void {
        both($c, SOCK_DGRAM);
        $c->b->send('hello');
    },
    short: ['write'],
    again: false,
);
$operations[] = new Operation(
    'Swoole\Coroutine\Socket::sendto',
    fn (object $c) => inside(fn () => outcome($c->a, $c->a->sendto('127.0.0.1', $c->address['port'], 'hello'))),
    $tries('send', $marks->leaving('hello')),
    fn (object $c) => datagrams($c),
    received(...),
);
$operations[] = new Operation(
    'Swoole\Coroutine\Socket::recvfrom',
    fn (object $c) => inside(function () use ($c): array {
        $text = $c->a->recvfrom($peer);
        return outcome($c->a, $text === false ? false : [$text, $peer['address']]);
    }),
    $tries('recv', $marks),
    fn (object $c) => datagrams($c, 'hello'),
);
$operations[] = new Operation(
    'Swoole\Coroutine\Socket::shutdown',
    fn (object $c) => outcome($c->a, $c->a->shutdown()),
    ['shutdown' => $marks],
    fn (object $c) => both($c),
);
foreach (['getsockname', 'getpeername'] as $method) {
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Socket::$method",
        fn (object $c) => outcome($c->a, $c->a->$method()),
        [$method => $marks],
        fn (object $c) => both($c),
    );
}
$operations[] = new Operation(
    'Swoole\Coroutine\Socket::checkLiveness',
    fn (object $c) => outcome($c->a, $c->a->checkLiveness()),
    ['recv' => $marks, 'recv:EAGAIN' => $same, 'recv:EINTR' => $same],
    fn (object $c) => both($c),
);
$options = ['a number' => [SOL_SOCKET, SO_RCVBUF, 65536], 'a pause' => [SOL_SOCKET, SO_LINGER,
    ['l_onoff' => 1, 'l_linger' => 1]], 'a name' => [SOL_TCP, 13, 'reno']];
foreach ($options as $what => [$level, $number, $value]) {
    $prepare = function (object $c): void {
        $c->s = new Socket(AF_INET, SOCK_STREAM);
        $c->names = ['sockopt({fd}' => "sockopt({$c->s->fd}"];
    };
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Socket::getOption, $what",
        fn (object $c) => outcome($c->s, $c->s->getOption($level, $number)),
        [
            'getsockopt' => $marks->warning(
                "Swoole\\Coroutine\\Socket::getOption(): getsockopt({fd}, $level, $number), Error: {error}",
            ),
        ],
        $prepare,
    );
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Socket::setOption, $what",
        fn (object $c) => outcome($c->s, $c->s->setOption($level, $number, $value)),
        [
            'setsockopt' => $marks->warning(
                'Swoole\Coroutine\Socket::setOption(): setsockopt({fd}) failed, Error: {error}',
            ),
        ],
        $prepare,
    );
}
$operations[] = new Operation(
    'Swoole\Coroutine\Socket::close',
    fn (object $c) => outcome($c->a, $c->a->close()),
    [],
    fn (object $c) => both($c),
    again: false,
);
$operations[] = new Operation(
    'Swoole\Coroutine\Socket::close, of a bound path',
    fn (object $c) => outcome($c->s, $c->s->close()),
    // What cannot be removed is left.
    ['stat' => $same->leaving(true), 'unlink' => $same->leaving(true)],
    function (object $c): void {
        $c->s = new Socket(AF_UNIX, SOCK_STREAM);
        $c->s->bind(path($c));
    },
    unbound(...),
    again: false,
);
$operations[] = new Operation(
    'Swoole\Coroutine\Socket::close, while somebody waits',
    function (object $c): array {
        return inside(function () use ($c): array {
            Coroutine::create(fn () => $c->waited = outcome($c->a, $c->a->recv()));
            return [$c->a->close(), $c->waited];
        });
    },
    [
        'recv' => $untrue, 'recv:EINTR' => $same, 'recv:EAGAIN' => $same,
        'epollcreate' => $untrue, 'epollctl' => $same, 'epollctl#1' => $untrue,
    ],
    fn (object $c) => both($c),
    again: false,
);
$operations[] = new Operation(
    'Swoole\Process::exportSocket',
    fn (object $c) => $c->p->exportSocket() instanceof Socket,
    ['fcntl' => Answer::warns('exportSocket()'), 'getsockopt' => Answer::warns('exportSocket()')],
    fn (object $c) => $c->p = new Process(fn () => 0, false, SOCK_STREAM),
);
$ends = fn (object $c) => [$c->s->send('go'), ends()];
foreach (['that is there' => '', 'that is waited for' => 'recv@here:1:EAGAIN'] as $when => $given) {
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Socket::recv, of an exported socket, $when",
        fn (object $c) => inside(fn () => outcome($c->s, $c->s->recv())),
        [
            ...$tries('recv', $marks),
            'recv:ECONNRESET' => $same,
            ...$given === '' ? [] : ['recv:EAGAIN' => $untrue, ...$waitsForBoth],
        ],
        exported(...),
        $ends,
        $given,
    );
}
foreach (['at once' => '', 'that waits for room' => 'send@here:1:EAGAIN'] as $when => $given) {
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Socket::send, to an exported socket, $when",
        fn (object $c) => inside(fn () => outcome($c->s, $c->s->send('hello'))),
        [
            ...$tries('send', $marks->leaving(['code 5'])),
            'send:ECONNRESET' => $same,
            ...$given === '' ? [] : [
                'send:EAGAIN' => $untrue, ...$waitsForBoth,
                // The other process has ended, and nobody reads.
                'pidfdopen:ESRCH' => $untrue, 'waitid:ECHILD' => $untrue,
            ],
        ],
        function (object $c): void {
            $c->p = reader(SOCK_STREAM);
            $c->s = $c->p->exportSocket();
        },
        fn (object $c) => ends(),
        $given,
    );
}

return $operations;
