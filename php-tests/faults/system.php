<?php
// The part of the table that is about what Swoole\Coroutine\System does by processes of its own, and with files.

namespace Faults;

use Swoole\Coroutine;
use Swoole\Coroutine\System;

/** A file with these words in it, and a named pipe. */
function files(object $c): void
{
    $c->folder = sys_get_temp_dir() . '/faults' . getmypid();
    mkdir($c->folder);
    file_put_contents("$c->folder/file", 'words');
    posix_mkfifo("$c->folder/pipe", 0600);
}

/** What is in the file at the end, when all of it is gone. */
function filed(object $c): string
{
    $text = file_get_contents("$c->folder/file");
    array_map(unlink(...), glob("$c->folder/*"));
    rmdir($c->folder);
    return $text;
}

/** What $call gives as a coroutine. The loop goes on when its process has ended, so that it has one turn. */
function attended(\Closure $call): mixed
{
    return meanwhile($call, fn () => array_map(until_ended(...), children()));
}

/**
 * What the process that looks names up has to do, where $gone is the answer when it could tell nothing. It copes without
 * most: then it holds more of what is open than it needs to.
 */
function lookingUp(Answer $gone): array
{
    return [
        'prctl@child' => $gone,
        'closerange@child' => Answer::same(), 'open@child' => Answer::same(), 'dup@child' => Answer::same(),
        'write@child' => $gone, 'write@child:EINTR' => Answer::same(),
    ];
}

$same = Answer::same();
$silent = Answer::silent();
/** The process was ended before it could tell anything. */
$gone = Answer::gives(false)->coded(PCNTL_ECHILD);
$untrue = Answer::untrue();
$loopThrows = fn (string $call): Answer => Answer::throws($call)->coded(SWOOLE_ERROR_CO_CANCELED);
/** What comes of a process of ours is waited for, read, and the process reaped. */
$listens = [
    'pipe' => Answer::warns('pipe()'), 'fcntl' => Answer::warns('pipe()'),
    'sigprocmask' => $loopThrows('sigprocmask()'),
    'sigprocmask#1' => Answer::warns('clone()'),
    'clone' => Answer::warns('clone()'),
    // Known by its number already: a copy is watched. What is forgotten is closed at once.
    'epollcreate' => $silent, 'epollctl#1' => $silent, 'epollctl#1:EEXIST' => $same, 'epollctl' => $same,
    'epollctl#all' => $silent,
    'epollwait' => $loopThrows('epoll_wait()'), 'epollwait:EINTR' => $same,
    'malloc' => $silent, 'read' => $silent, 'read:EINTR' => $same, 'read:EAGAIN' => $untrue,
    // It has ended; without this call it stays as a dead entry until this process ends.
    'kill' => $same, 'waitid' => $same,
];
$operations = [];

foreach (['gethostbyname', 'dnsLookup', 'getaddrinfo'] as $method) {
    $operations[] = new Operation(
        "Swoole\\Coroutine\\System::$method",
        fn () => attended(fn () => System::$method('localhost')),
        [...$listens, 'getaddrinfo@child' => $silent, ...lookingUp($gone)],
        fn () => Coroutine::set(['dns_cache_capacity' => 0]),
        short: ['read', 'write@child'],
    );
}
// It asks twice: the code tells of the second time.
$fails = Answer::gives(false);
$operations[] = new Operation(
    'Swoole\Coroutine\System::gethostbyname, dns_server',
    fn () => attended(fn () => System::gethostbyname('fault.test')),
    [
        ...$listens,
        'open@child' => $fails, 'socket@child' => $fails, 'connect@child' => $fails, 'send@child' => $fails, 'recv@child' => $fails, 'recv@child:EAGAIN' => $untrue, 'recv@child:EINTR' => $untrue,
        'getsockopt@child' => $fails,
        ...lookingUp($gone),
    ],
    // Nobody is there.
    fn () => Coroutine::set(['dns_cache_capacity' => 0, 'dns_server' => '127.0.0.1:1']),
    short: ['read', 'write@child'],
);
$operations[] = new Operation(
    'swoole_select',
    function (object $c) {
        $read = [$c->from];
        $none = null;
        return [@swoole_select($read, $none, $none, 0.001), count($read)];
    },
    ['sigprocmask' => Answer::gives([false, 1]), 'poll' => Answer::gives([false, 1]), 'poll:EINTR' => $same],
    function (object $c) {
        [$c->from, $c->to] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        fwrite($c->to, 'x');
    },
);
/** The command has run, and its result is not known. */
$unknown = Answer::warns('exec()');
$helperGone = Answer::says(told('exec()', PCNTL_ECHILD))->coded(PCNTL_ECHILD);
$notFound = Answer::gives(['code' => 127, 'signal' => 0, 'output' => '']);
$operations[] = new Operation(
    'Swoole\Coroutine\System::exec',
    fn () => attended(fn () => System::exec('echo words; exit 3')),
    [
        ...$listens,
        'epollcreate' => $unknown, 'epollctl#1' => $unknown, 'epollctl#1:EEXIST' => $same, 'epollctl#all' => $unknown,
        'malloc' => $unknown, 'read' => $unknown,
        // The signal of the helper, whether it is dumpable, the signal of the shell.
        'prctl@child' => $helperGone, 'prctl@child#2' => $same, 'prctl@child#3' => $notFound, 'write@child' => $helperGone, 'write@child:EINTR' => $same,
        'closerange@child' => $same,
        // The process in between, which tells why the shell could not be started; then the shell itself.
        'sigaction@child#1' => $unknown, 'sigaction@child#all' => $unknown, 'sigaction@child' => $same,
        'sigprocmask@child' => $unknown, 'clone@child' => $unknown, 'mmap@child' => $unknown,
        'waitid@child' => $unknown, 'waitid@child:EINTR' => $same,
        'dup@child' => $notFound, 'execv@child' => $notFound,
    ],
    short: ['read', 'write@child'],
);
$operations[] = new Operation(
    'Swoole\Coroutine\System::statvfs',
    fn () => array_keys(System::statvfs('/')),
    ['statvfs' => Answer::gives([])],
);
$operations[] = new Operation(
    'Swoole\Coroutine\System::readFile',
    fn (object $c) => inside(fn () => System::readFile("$c->folder/file")),
    [
        // A file that somebody else has a lease of.
        'open' => $silent, 'open:EINTR' => $same, 'open:EAGAIN' => $same,
        'fstat' => $silent, 'read' => $silent, 'read:EINTR' => $same,
    ],
    files(...),
    filed(...),
    short: ['read'],
);
$operations[] = new Operation(
    'Swoole\Coroutine\System::readFile, with a lock',
    fn (object $c) => inside(fn () => System::readFile("$c->folder/file", LOCK_EX)),
    [
        'open' => $silent, 'open:EINTR' => $same, 'open:EAGAIN' => $same,
        'fstat' => $silent, 'read' => $silent, 'read:EINTR' => $same,
        'flock' => $silent, 'flock:EINTR' => $same, 'flock:EAGAIN' => $same,
    ],
    files(...),
    filed(...),
);
$operations[] = new Operation(
    'Swoole\Coroutine\System::readFile, a pipe that is waited for',
    fn (object $c) => meanwhile(fn () => System::readFile("$c->folder/pipe"), function () use ($c): void {
        fwrite($c->writer, 'words');
        fclose($c->writer);
    }),
    [
        // The words are there before it is tried again, and gone.
        'open' => $silent, 'open:EINTR' => $same, 'open:EAGAIN' => $untrue,
        'fstat' => $silent,
        'poll' => $silent, 'poll:EINTR' => $same,
        'epollcreate' => $silent,
        'epollctl#1' => $silent, 'epollctl#1:EEXIST' => $same, 'epollctl' => $same, 'epollctl#all' => $silent,
        'epollwait' => $loopThrows('epoll_wait()'), 'epollwait:EINTR' => $same,
        'sigprocmask' => $loopThrows('sigprocmask()'),
        'read' => $silent, 'read:EINTR' => $same, 'read:EAGAIN' => $untrue,
    ],
    function (object $c): void {
        files($c);
        $c->writer = fopen("$c->folder/pipe", 'r+');
    },
    filed(...),
    short: ['read'],
    again: false,
);
foreach (['' => 0, ', at the end' => FILE_APPEND] as $where => $flags) {
    $operations[] = new Operation(
        "Swoole\\Coroutine\\System::writeFile$where",
        fn (object $c) => inside(fn () => System::writeFile("$c->folder/file", 'more', $flags)),
        [
            'open' => $silent->leaving('words'), 'open:EINTR' => $same, 'open:EAGAIN' => $same,
            'write' => $silent->leaving($flags === 0 ? '' : 'words'), 'write:EINTR' => $same,
            // Nobody can wait for a plain file.
            'write:EAGAIN' => Answer::gives(false)->coded(SOCKET_EPERM),
        ],
        files(...),
        filed(...),
        short: ['write'],
        again: false,
    );
}
$operations[] = new Operation(
    'Swoole\Coroutine\System::writeFile, with a lock',
    fn (object $c) => inside(fn () => System::writeFile("$c->folder/file", 'more', LOCK_EX)),
    [
        'open' => $silent->leaving('words'), 'open:EINTR' => $same, 'open:EAGAIN' => $same,
        'flock' => $silent->leaving('words'), 'flock:EINTR' => $same, 'flock:EAGAIN' => $same,
        'fstat' => $silent->leaving('words'),
        'ftruncate' => $silent->leaving('words'), 'ftruncate:EINTR' => $same,
        'write' => $silent->leaving(''), 'write:EINTR' => $same,
        'write:EAGAIN' => Answer::gives(false)->coded(SOCKET_EPERM),
    ],
    files(...),
    filed(...),
    again: false,
);
$operations[] = new Operation(
    'Swoole\Coroutine\System::writeFile, a pipe that nobody reads yet',
    fn (object $c) => meanwhile(fn () => System::writeFile("$c->folder/pipe", 'words'), function () use ($c): void {
        $c->reader = fopen("$c->folder/pipe", 'r+');
    }),
    [
        'open' => $silent, 'open:EINTR' => $same, 'open:EAGAIN' => $same, 'open:ENXIO' => $same,
        'stat' => $silent,
        'epollcreate' => $loopThrows('epoll_create1()'),
        'epollwait' => $loopThrows('epoll_wait()'), 'epollwait:EINTR' => $same,
        'sigprocmask' => $loopThrows('sigprocmask()'),
        'write' => $silent, 'write:EINTR' => $same, 'write:EAGAIN' => $untrue,
    ],
    files(...),
    filed(...),
    short: ['write'],
    again: false,
);

return $operations;
