<?php
// The part of the table that is about Swoole\Coroutine\Socket.

namespace Faults;

use Swoole\Coroutine;
use Swoole\Coroutine\Socket;
use Swoole\Process;

/** What a call of a socket or client gave, and what its properties tell. */
function outcome(Socket|\Swoole\Coroutine\Client $socket, mixed $result): array
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

/** A text with a certificate and its key, in a file that goes with this process. */
function certificate(): string
{
    static $path;
    if ($path === null) {
        $path = tempnam(sys_get_temp_dir(), 'faults');
        $options = ['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1', 'digest_alg' => 'sha256'];
        $key = openssl_pkey_new($options);
        openssl_x509_export(openssl_csr_sign(openssl_csr_new(['commonName' => 'faults'], $key, $options), null, $key, 2), $text);
        openssl_pkey_export($key, $private);
        file_put_contents($path, $text . $private);
        register_shutdown_function(fn (int $pid) => $pid === getmypid() && unlink($path), getmypid());
    }
    return $path;
}

/** A listening socket, and one that can connect to it, both of which speak TLS. */
function secret(object $c): void
{
    server($c, AF_UNIX);
    $c->server->setProtocol(['open_ssl' => true, 'ssl_cert_file' => certificate()]);
    $c->s->setProtocol(['open_ssl' => true]);
    $c->names = ['{certificate}' => certificate()];
}

/** Both sides of a handshake, and what they tell of it. One that fails hangs up. */
function handshakes(object $c): array
{
    return inside(function () use ($c): array {
        $done = Coroutine::create(function () use ($c, &$other): void {
            $c->accepted = $c->server->accept();
            $other = outcome($c->accepted, $c->accepted->sslHandshake());
            $other[2] = str_replace(certificate(), '{certificate}', $other[2]);
            $other[0] || $c->accepted->close();
        });
        $own = outcome($c->s, $c->s->connect($c->address['address']));
        $own[0] || $c->s->close();
        Coroutine::join([$done]);
        return [$own, $other];
    });
}

/** Two sockets that are connected and speak TLS. */
function secrets(object $c): void
{
    secret($c);
    handshakes($c);
    $c->server->close();
    [$c->a, $c->b] = [$c->s, $c->accepted];
    // What else a server tells its client is out of the way.
    $c->a->peek();
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
    'Swoole\Coroutine\Socket::recv, that blocks',
    fn (object $c) => outcome($c->a, $c->a->recv()),
    ['recv' => $marks, 'recv:EINTR' => $same, 'recv:EAGAIN' => $untrue, 'poll' => $marks, 'sigprocmask' => $marks],
    function (object $c): void {
        both($c);
        $c->a->setBlocking();
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
            'malloc' => $marks,
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

/** Sockets whose packets are told apart in this way. */
$packets = [
    'by their end' => ['open_eof_split' => true, 'package_eof' => "\n"],
    'by their length' => ['open_length_check' => true, 'package_length_type' => 'n', 'package_body_offset' => 2],
    'by a function' => ['open_length_check' => true, 'package_length_func' => strlen(...)],
    'as they come' => [],
];
foreach ($kinds as $kind => $type) {
    $methods = ['recvLine' => ['recvLine', []], 'recvWithBuffer' => ['recvWithBuffer', []]];
    foreach ($packets as $how => $settings) {
        $methods["recvPacket, $how"] = ['recvPacket', $settings];
    }
    foreach ($methods as $what => [$method, $settings]) {
        foreach (['at once' => '', 'that is waited for' => 'recv@here:1:EAGAIN'] as $when => $given) {
            $operations[] = new Operation(
                "Swoole\\Coroutine\\Socket::$what, $kind $when",
                fn (object $c) => inside(fn () => outcome($c->a, $c->a->$method())),
                [
                    ...$tries('recv', $marks), 'malloc' => $marks,
                    ...$given === '' ? [] : ['recv:EAGAIN' => $untrue, ...$waits],
                ],
                function (object $c) use ($type, $settings): void {
                    both($c, $type);
                    $c->a->setProtocol($settings);
                    $c->b->send("\0\5hell\n");
                },
                given: $given,
            );
        }
    }
    foreach (['readVector' => [5], 'readVectorAll' => [2, 3]] as $method => $lengths) {
        $operations[] = new Operation(
            "Swoole\\Coroutine\\Socket::$method, $kind",
            fn (object $c) => inside(fn () => outcome($c->a, $c->a->$method($lengths))),
            [
                ...$tries('recv', $marks),
                ...$method === 'readVectorAll' && $kind === 'stream' ? ['ioctl' => $marks] : [],
            ],
            function (object $c) use ($type): void {
                both($c, $type);
                $c->b->send('hello');
            },
        );
    }
    foreach (['writeVector', 'writeVectorAll'] as $method) {
        $operations[] = new Operation(
            "Swoole\\Coroutine\\Socket::$method, $kind",
            fn (object $c) => inside(fn () => outcome($c->a, $c->a->$method(['hel', 'lo']))),
            $tries('send', $marks->leaving('hello')),
            fn (object $c) => both($c, $type),
            received(...),
        );
    }
}
$opens = $marks->warning('Swoole\Coroutine\Socket::sendFile(): open({file}) failed, Error: {error}');
$sends = ['open' => $opens, 'fstat' => $marks, 'fcntl' => $marks];
/** A file to send. */
$written = function (object $c): void {
    file_put_contents($c->file = tempnam(sys_get_temp_dir(), 'faults'), 'hello');
    $c->names = ['{file}' => $c->file];
};
foreach (['' => '', ', that waits for room' => 'sendfile@here:1:EAGAIN'] as $when => $given) {
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Socket::sendFile$when",
        fn (object $c) => inside(fn () => outcome($c->a, $c->a->sendFile($c->file))),
        [
            ...$sends, 'sendfile' => $marks->leaving('hello'),
            ...$given === ''
                ? ['sendfile:EAGAIN' => $same, 'sendfile#all:EAGAIN' => $untrue]
                : ['sendfile:EAGAIN' => $untrue, ...$waits],
        ],
        function (object $c) use ($written): void {
            both($c);
            $written($c);
        },
        function (object $c): string {
            unlink($c->file);
            return received($c);
        },
        $given,
    );
}
$operations[] = new Operation(
    'Swoole\Coroutine\Socket::setProtocol',
    fn (object $c) => outcome($c->a, $c->a->setProtocol(['open_eof_check' => true, 'package_eof' => '#', 'open_ssl' => true])),
    [],
    fn (object $c) => both($c),
);
$groups = [
    'to leave by an interface' => [AF_INET, IPPROTO_IP, IP_MULTICAST_IF, 'lo'],
    'to leave by any interface' => [AF_INET, IPPROTO_IP, IP_MULTICAST_IF, 0],
    'to join a group' => [AF_INET, IPPROTO_IP, MCAST_JOIN_GROUP, ['group' => '224.0.0.23', 'interface' => 'lo']],
    'to join a group of one sender' => [AF_INET, IPPROTO_IP, MCAST_JOIN_SOURCE_GROUP,
        ['group' => '232.0.0.23', 'source' => '127.0.0.1', 'interface' => 'lo']],
    'of hops' => [AF_INET, IPPROTO_IP, IP_MULTICAST_TTL, 3],
];
foreach ($groups as $what => [$domain, $level, $number, $value]) {
    $fails = $marks->warning('Swoole\Coroutine\Socket::setOption(): setsockopt({fd}) failed, Error: {error}');
    // Its name is looked up first.
    $unknown = Answer::gives([false, 0, ''])
        ->warning('Swoole\Coroutine\Socket::setOption(): No interface with name "lo" could be found');
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Socket::setOption, $what",
        fn (object $c) => outcome($c->s, $c->s->setOption($level, $number, $value)),
        [
            'setsockopt' => $fails,
            ...is_int($value) ? [] : ['ioctl#1' => $unknown],
            ...$value === 'lo' ? ['socket' => $fails, 'ioctl' => $fails, 'ioctl#all' => $unknown] : [],
        ],
        function (object $c) use ($domain): void {
            $c->s = new Socket($domain, SOCK_DGRAM);
            $c->names = ['sockopt({fd}' => "sockopt({$c->s->fd}"];
        },
        again: !is_array($value),
    );
}
$fails = $marks->warning('Swoole\Coroutine\Socket::getOption(): getsockopt({fd}, 0, 32), Error: {error}');
$operations[] = new Operation(
    'Swoole\Coroutine\Socket::getOption, of the interface to leave by',
    fn (object $c) => outcome($c->s, $c->s->getOption(IPPROTO_IP, IP_MULTICAST_IF)),
    ['getsockopt' => $fails, 'socket' => $fails, 'ioctl' => $fails],
    function (object $c): void {
        $c->s = new Socket(AF_INET, SOCK_DGRAM);
        $c->s->setOption(IPPROTO_IP, IP_MULTICAST_IF, 'lo');
        $c->names = ['sockopt({fd}' => "sockopt({$c->s->fd}"];
    },
);
ob_start();
(new \ReflectionExtension('swoole_process'))->info();
$speaksTls = !str_contains(ob_get_clean(), 'built without OpenSSL') && extension_loaded('openssl');
if ($speaksTls) {
    $breaks = Answer::breaks();
    $operations[] = new Operation(
        'Swoole\Coroutine\Socket::sslHandshake, and connect with TLS',
        handshakes(...),
        [
            'accept' => $untrue, 'connect' => $untrue, 'fcntl' => $untrue,
            'send' => $breaks, 'send:EINTR' => $same, 'send:EAGAIN' => $untrue,
            'recv' => $breaks, 'recv:EINTR' => $same, 'recv:EAGAIN' => $untrue,
            'open' => Answer::unreadable(),
            ...array_map(fn () => $untrue, $waits), 'epollwait:EINTR' => $same,
        ],
        secret(...),
        fn (object $c) => $c->server->close(),
        again: false,
    );
    foreach (['send' => ['hello'], 'sendAll' => ['hello'], 'writeVectorAll' => [['hello']]] as $method => $arguments) {
        $operations[] = new Operation(
            "Swoole\\Coroutine\\Socket::$method, encrypted",
            fn (object $c) => inside(fn () => outcome($c->a, $c->a->$method(...$arguments))),
            $tries('send', $marks),
            secrets(...),
            again: false,
        );
    }
    foreach (['recv' => [], 'recvAll' => [5], 'recvLine' => [5], 'readVector' => [[5]], 'peek' => []] as $method => $arguments) {
        $operations[] = new Operation(
            "Swoole\\Coroutine\\Socket::$method, encrypted",
            fn (object $c) => inside(fn () => outcome($c->a, $c->a->$method(...$arguments))),
            [
                ...$method === 'peek' ? ['recv' => $marks, 'recv:EINTR' => $same] : $tries('recv', $marks),
                ...$method === 'recvLine' ? ['malloc' => $marks] : [],
            ],
            function (object $c): void {
                secrets($c);
                $c->b->send('hello');
            },
        );
    }
    $operations[] = new Operation(
        'Swoole\Coroutine\Socket::sendFile, encrypted',
        fn (object $c) => inside(fn () => outcome($c->a, $c->a->sendFile($c->file))),
        [
            ...$sends, 'pread' => $marks, 'pread:EINTR' => $same, 'pread:EAGAIN' => $untrue, 'pread:ESPIPE' => $untrue,
            ...$tries('send', $marks),
        ],
        function (object $c) use ($written): void {
            secrets($c);
            $written($c);
        },
        fn (object $c) => unlink($c->file),
        again: false,
    );
    $operations[] = new Operation(
        'Swoole\Coroutine\Socket::close, encrypted',
        fn (object $c) => outcome($c->a, $c->a->close()),
        ['send' => $same],
        secrets(...),
        again: false,
    );
}

return $operations;
