<?php
// The part of the table that is about Swoole\Coroutine\Client and Swoole\Coroutine\Server.

namespace Faults;

use Swoole\Coroutine;
use Swoole\Coroutine\Client;
use Swoole\Coroutine\Server;

/** A socket that listens, and a client that is not connected. */
function unconnected(object $c, int $domain, array $settings = []): void
{
    server($c, $domain);
    $c->client = new Client($domain === AF_UNIX ? SWOOLE_SOCK_UNIX_STREAM : SWOOLE_SOCK_TCP);
    $c->client->set($settings);
}

/** A client that is connected to the socket `b`. */
function connected_client(object $c, int $domain = AF_UNIX, array $settings = []): void
{
    unconnected($c, $domain, $settings);
    inside(function () use ($c): void {
        $c->client->connect($c->address['address'], $c->address['port'] ?? 0, 60);
        $c->b = $c->server->accept();
    });
}

// $tries and $waits are those of sockets.php.
$same = Answer::same();
$marks = Answer::marks();
$untrue = Answer::untrue();
$gone = fn (object $c) => [$c->client->isConnected(), $c->server->close()];
/** The client has no socket. */
$unopened = fn (string $function): Answer => $marks
    ->warning("Swoole\\Coroutine\\Client::$function(): socket() failed, Error: {error}");
$connects = [
    'socket' => $unopened('connect'),
    'fcntl' => $marks,
    'connect' => $marks, 'connect:EINTR' => $untrue,
];
/** A connection to an address, which takes a turn of the loop. */
$begins = [
    ...$connects,
    'connect:EINPROGRESS' => $untrue,
    // An option that saves time, and the sizes of buffers.
    'setsockopt' => $same,
    'getsockopt' => $marks,
    'getpeername' => $marks, 'getpeername:ENOTCONN' => $untrue,
    ...$waits,
    'epollctl:ENOENT' => $untrue,
];
$operations = [];
$operations[] = new Operation(
    'Swoole\Coroutine\Client::connect, to an address',
    fn (object $c) => inside(fn () => outcome($c->client, $c->client->connect($c->address['address'], $c->address['port'], 60))),
    $begins,
    fn (object $c) => unconnected($c, AF_INET, ['socket_buffer_size' => 65536]),
    $gone,
    // A second connection waits in the queue of the first one's server.
    again: false,
);
$operations[] = new Operation(
    'Swoole\Coroutine\Client::connect, to a path',
    fn (object $c) => inside(fn () => outcome($c->client, $c->client->connect($c->address['address']))),
    [...$connects, 'connect:EAGAIN' => $same, 'connect:EINPROGRESS' => $untrue],
    fn (object $c) => unconnected($c, AF_UNIX),
    $gone,
    again: false,
);
foreach (['at once' => '', 'that waits' => 'send@here:1:EAGAIN'] as $when => $given) {
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Client::send, $when",
        fn (object $c) => inside(fn () => outcome($c->client, $c->client->send('hello'))),
        [...$tries('send', $marks->leaving('hello')), ...$given === '' ? [] : ['send:EAGAIN' => $untrue, ...$waits]],
        fn (object $c) => connected_client($c),
        received(...),
        $given,
        short: $given === '' ? ['send'] : [],
    );
}
$protocols = [
    'as it comes' => [],
    'by its end' => ['open_eof_check' => true, 'package_eof' => "\n"],
    'by its length' => ['open_length_check' => true, 'package_length_type' => 'n', 'package_body_offset' => 2],
];
foreach ($protocols as $how => $settings) {
    foreach (['at once' => '', 'that is waited for' => 'recv@here:1:EAGAIN'] as $when => $given) {
        $operations[] = new Operation(
            "Swoole\\Coroutine\\Client::recv, $how, $when",
            fn (object $c) => inside(fn () => outcome($c->client, $c->client->recv())),
            [
                ...$tries('recv', $marks), 'malloc' => $marks,
                ...$given === '' ? [] : ['recv:EAGAIN' => $untrue, ...$waits],
            ],
            function (object $c) use ($settings): void {
                connected_client($c, AF_UNIX, $settings);
                $c->b->send("\0\5hell\n");
            },
            given: $given,
        );
    }
}
$operations[] = new Operation(
    'Swoole\Coroutine\Client::peek',
    fn (object $c) => outcome($c->client, $c->client->peek()),
    ['recv' => $marks, 'recv:EINTR' => $same],
    function (object $c): void {
        connected_client($c);
        $c->b->send('hello');
    },
);
$operations[] = new Operation(
    'Swoole\Coroutine\Client::sendfile',
    fn (object $c) => inside(fn () => outcome($c->client, $c->client->sendfile($c->file))),
    [
        'open' => $marks->warning('Swoole\Coroutine\Client::sendfile(): open({file}) failed, Error: {error}'),
        'fstat' => $marks, 'fcntl' => $marks,
        'sendfile' => $marks->leaving('hello'), 'sendfile:EAGAIN' => $same, 'sendfile#all:EAGAIN' => $untrue,
    ],
    function (object $c): void {
        connected_client($c);
        file_put_contents($c->file = tempnam(sys_get_temp_dir(), 'faults'), 'hello');
        $c->names = ['{file}' => $c->file];
    },
    function (object $c): string {
        unlink($c->file);
        return received($c);
    },
);
$operations[] = new Operation(
    'Swoole\Coroutine\Client::sendto',
    fn (object $c) => inside(fn () => outcome($c->client, $c->client->sendto('127.0.0.1', $c->address['port'], 'hello'))),
    [...$tries('send', $marks), 'socket' => $unopened('sendto')],
    function (object $c): void {
        datagrams($c);
        $c->client = new Client(SWOOLE_SOCK_UDP);
    },
    received(...),
    // The second datagram is one more.
    again: false,
);
$operations[] = new Operation(
    'Swoole\Coroutine\Client::recvfrom',
    fn (object $c) => inside(function () use ($c): array {
        $text = $c->client->recvfrom(5, $address, $port);
        return outcome($c->client, $text === false ? false : [$text, $address, $port === $c->address['port']]);
    }),
    $tries('recv', $marks),
    function (object $c): void {
        datagrams($c);
        $c->client = new Client(SWOOLE_SOCK_UDP);
        $c->client->set(['bind_address' => '127.0.0.1']);
        $c->client->sendto('127.0.0.1', $c->address['port'], 'x');
        $c->b->sendto('127.0.0.1', $c->client->getsockname()['port'], 'hello');
    },
);
foreach (['getsockname', 'getpeername'] as $method) {
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Client::$method",
        fn (object $c) => outcome($c->client, $c->client->$method()['address'] ?? false),
        [$method => $marks],
        fn (object $c) => connected_client($c, AF_INET),
    );
}
$operations[] = new Operation(
    'Swoole\Coroutine\Client::close',
    fn (object $c) => outcome($c->client, $c->client->close()),
    [],
    fn (object $c) => connected_client($c),
    again: false,
);

/** What the settings of a proxy are called, and all that it answers. */
$proxies = [
    'HTTP' => [['http_proxy_host', 'http_proxy_port'], "HTTP/1.1 200 OK\r\n\r\n"],
    'SOCKS' => [['socks5_host', 'socks5_port'], "\5\0\5\0\0\1\0\0\0\0\0\0"],
];
foreach ($proxies as $kind => [[$host, $port], $replies]) {
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Client::connect, through a proxy of $kind",
        fn (object $c) => inside(function () use ($c, $replies): ?array {
            $done = Coroutine::create(function () use ($c): void {
                $c->result = outcome($c->client, $c->client->connect('127.0.0.9', 99, 60));
            });
            // The proxy is no work of ours: its calls meet no faults.
            if (!isset($c->result)) {
                $c->accepted = stream_socket_accept($c->proxy, 60);
                fwrite($c->accepted, $replies);
                Coroutine::join([$done]);
            }
            return $c->result ?? null;
        }),
        [
            ...$begins, 'send' => $marks, 'send:EINTR' => $same, 'send:EAGAIN' => $untrue,
            'recv' => $marks, 'recv:EINTR' => $same, 'recv:EAGAIN' => $untrue,
        ],
        function (object $c) use ($host, $port): void {
            $c->proxy = stream_socket_server('tcp://127.0.0.1:0');
            $c->client = new Client(SWOOLE_SOCK_TCP);
            $name = stream_socket_get_name($c->proxy, false);
            $c->client->set([$host => '127.0.0.1', $port => (int) substr($name, strpos($name, ':') + 1)]);
        },
        fn (object $c) => $c->client->isConnected(),
        again: false,
    );
}
$fails = Answer::throwing('bind({host}:0) failed');
foreach (['an address' => '127.0.0.1', 'a path' => null] as $what => $host) {
    $operations[] = new Operation(
        "Swoole\\Coroutine\\Server::__construct, of $what",
        fn (object $c) => ($c->s = new Server($c->host, 0, false, true))->fd > 2,
        [
            'socket' => $fails, 'bind' => $fails, 'listen' => $fails, 'getsockname' => $fails,
            ...$host === null ? ['stat' => $fails, 'stat:ENOENT' => $same->leaving(true)] : ['setsockopt' => $fails],
        ],
        function (object $c) use ($host): void {
            $c->host = $host ?? 'unix:' . path($c);
            $c->names = ['{host}' => $host ?? $c->path];
        },
        function (object $c) use ($host): bool {
            unset($c->s);
            $left = $host === null && file_exists($c->path);
            $left && unlink($c->path);
            return $left;
        },
        again: false,
    );
}
/** The server ends, with the error as its code. */
$ends = Answer::ending();
$broken = $ends->warning('Swoole\Coroutine\Server::start(): accept failed, Error: {error}');
/** It tries again, some of them in a second. */
$again = ['accept#1:EPROTO' => $ends->leaving(['hello', 3]), 'accept#all:EPROTO' => $untrue];
foreach (['EMFILE', 'ENFILE', 'ENOMEM', 'ENOBUFS', 'EPERM'] as $error) {
    $line = 'Coroutine\Server: cannot accept a connection: {reason}; trying again in 1 s';
    $again += [
        "accept#1:$error" => $ends->logging($line)->leaving(['hello', 3]), "accept#all:$error" => $untrue,
    ];
}
$operations[] = new Operation(
    'Swoole\Coroutine\Server::start',
    fn (object $c) => inside(function () use ($c): array {
        $c->s->handle(function (Server\Connection $connection) use ($c): void {
            $c->got = [$connection->recv(), $connection->send('bye')];
            $connection->close();
            $c->s->shutdown();
        });
        return [$c->s->start(), $c->s->errCode];
    }),
    [
        ...$again,
        'accept' => $broken, 'accept:EBADF' => $ends,
        'accept:EAGAIN' => $untrue, 'accept:EINTR' => $same, 'accept:ECONNABORTED' => $same,
        'fcntl' => $broken, 'fcntl:EBADF' => $ends,
        // The connection is closed, and the server waits for another one.
        'fcntl:EMFILE' => $untrue,
        'recv' => Answer::gives([true, 0])->leaving([false, 3]), 'recv:EINTR' => $same,
        'recv:EAGAIN' => $untrue,
        'malloc' => Answer::gives([true, 0])->leaving([false, 3]),
        'send' => Answer::gives([true, 0])->leaving(['hello', false]), 'send:EINTR' => $same,
        'send:EAGAIN' => $untrue,
    ],
    function (object $c): void {
        $c->s = new Server('127.0.0.1');
        $c->got = null;
        $c->client = new Client(SWOOLE_SOCK_TCP);
        inside(function () use ($c): void {
            $c->client->connect('127.0.0.1', $c->s->port, 60);
            $c->client->send('hello');
        });
    },
    fn (object $c) => $c->got,
    again: false,
);
return $operations;
