<?php
// The table: every operation a script can ask for, and what it may answer when a system call of its fails. Those of
// coroutines and their sockets are in coroutines.php, system.php and sockets.php.

namespace Faults;

use Swoole\Coroutine;
use Swoole\Event;
use Swoole\Process;
use Swoole\Timer;

/** Milliseconds of a timer that a loop has to wait for, however busy the machine is. */
const SOON = 50;

/** Ends of all children, in the order in which they are reaped. */
function ends(): array
{
    $ends = [];
    while ($end = Process::wait()) {
        $ends[] = ending($end);
    }
    return $ends;
}

/** A child that has written, and ends with 7 when it is told to go. */
function talker(int $type): Process
{
    $talker = new Process(function (Process $p) {
        $p->write('hello');
        exit($p->read() === 'go' ? 7 : 1);
    }, false, $type);
    $talker->start();
    [$read, $none] = [[fopen("php://fd/{$talker->pipe}", 'r')], []];
    stream_select($read, $none, $none, null);
    return $talker;
}

/** Not started. It ends with the length of what waits for it. */
function listener(int $type): Process
{
    return new Process(function (Process $p) {
        $p->setBlocking(false);
        exit(strlen((string) $p->read()));
    }, false, $type);
}

/** A child that reads five bytes, and ends with how many there were. */
function reader(int $type): Process
{
    $reader = new Process(function (Process $p) {
        for ($text = ''; strlen($text) < 5 && ($part = (string) $p->read()) !== ''; $text .= $part);
        exit(strlen($text));
    }, false, $type);
    $reader->start();
    return $reader;
}

/** A child that waits until it is told to go, or killed. */
function sleeper(): Process
{
    $sleeper = new Process(fn (Process $p) => exit($p->read() === 'go' ? 7 : 1));
    $sleeper->start();
    return $sleeper;
}

/** A child that has ended with 7, and is not reaped. */
function dead(int $type = SOCK_DGRAM): Process
{
    $dead = new Process(fn () => exit(7), false, $type);
    $dead->start();
    until_ended($dead->pid);
    return $dead;
}

/** A process whose first run has used up its pipe: the next one needs a new pair. */
function used(int $type): Process
{
    $used = dead($type);
    Process::wait();
    $used->read();
    return $used;
}

function queue(object $c): void
{
    $c->p = new Process(fn () => 0);
    $c->p->useQueue(0x50000000 | getmypid());
}

/** What is in the queue; it is gone afterwards. */
function drain(object $c): array
{
    $messages = [];
    while ($c->p->statQueue()['queue_num'] > 0) {
        $messages[] = $c->p->pop();
    }
    $c->p->freeQueue();
    return $messages;
}

function pair(object $c): void
{
    [$c->a, $c->b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    stream_set_blocking($c->b, false);
}

function watched(object $c): void
{
    pair($c);
    $number = Event::add($c->a, fn () => 0);
    $c->names = ['descriptor {fd}' => "descriptor $number"];
}

/** What has arrived at the other side of a pair, when the loop has done all that it has to. */
function arrived(object $c): string
{
    @Event::del($c->a);
    Event::wait();
    return (string) fread($c->b, 1 << 20);
}

/** The loop runs; the number of calls that $event makes in it. */
function turns(object $c, \Closure $ask): int
{
    $c->count = 0;
    $ask(function () use ($c): void {
        $c->count++;
    });
    Event::wait();
    return $c->count;
}

/** An empty loop that ends at once lets go of what it had. */
function endLoop(): void
{
    Timer::clearAll();
    Event::wait();
}

/**
 * What $body gives as a coroutine, when the loop has nothing left to do. Who still waits when the loop fails is
 * canceled.
 */
function inside(\Closure $body): mixed
{
    [$result, $thrown] = [null, null];
    Coroutine::create(function () use ($body, &$result, &$thrown): void {
        try {
            $result = $body();
        } catch (\Swoole\Exception $e) {
            $thrown = $e;
        }
    });
    try {
        Event::wait();
    } catch (\Swoole\Exception $e) {
        foreach (Coroutine::list() as $cid) {
            Coroutine::cancel($cid);
        }
        throw $e;
    }
    return $thrown === null ? $result : throw $thrown;
}

$same = Answer::same();
$gone = fn (object $c) => ends();
$types = ['stream' => SOCK_STREAM, 'message' => SOCK_DGRAM];
/** What any blocking call does before it waits for the other process; it copes without each of these. */
$lingers = ['pidfdopen' => $same, 'pidfdopen:ESRCH' => $same, 'waitid' => $same];
$loopAtOnce = [
    'epollcreate' => Answer::throws('epoll_create1()'),
    'epollwait' => Answer::throws('epoll_wait()'),
    'epollwait:EINTR' => $same,
];
/** The same where it has to wait. */
$loop = [...$loopAtOnce, 'sigprocmask' => Answer::throws('sigprocmask()')];
$operations = [];

foreach ($types as $name => $type) {
    $operations[] = new Operation(
        "Swoole\\Process::__construct, $name pipe",
        fn (object $c) => ($c->p = new Process(fn () => 0, false, $type))->pipe > 2,
        ['socketpair' => Answer::throws('socketpair()'), 'setsockopt' => Answer::throws('setsockopt()')],
    );
    $operations[] = new Operation(
        "Swoole\\Process::start, $name pipe",
        fn (object $c) => $c->p->start() > 0,
        [
            'sigprocmask' => Answer::warns('fork()')->leaving(['code 7']),
            'fork' => Answer::warns('fork()')->leaving(['code 7']),
        ],
        fn (object $c) => $c->p = new Process(fn () => exit(7), false, $type),
        $gone,
    );
    $operations[] = new Operation(
        "Swoole\\Process::start, $name pipe of an earlier run",
        fn (object $c) => $c->p->start() > 0,
        [
            'waitid' => Answer::says('process has already been started'),
            'waitid:ECHILD' => $same,
            'socketpair' => Answer::warns('socketpair()'),
            'setsockopt' => Answer::warns('setsockopt()'),
            'dup' => Answer::warns('dup3()'),
            'sigprocmask' => Answer::warns('fork()'),
            'fork' => Answer::warns('fork()'),
        ],
        fn (object $c) => $c->p = used($type),
        $gone,
    );
    $operations[] = new Operation(
        "Swoole\\Process::read, $name that is there",
        fn (object $c) => $c->p->read(),
        [
            // Then each read asks whether it has to wait.
            'setsockopt' => $same,
            'recv' => Answer::warns('read()'),
            'recv:EAGAIN' => $same, 'recv:EINTR' => $same, 'recv:ECONNRESET' => $same,
        ],
        fn (object $c) => $c->p = talker($type),
        fn (object $c) => [$c->p->write('go'), ends()],
    );
    $operations[] = new Operation(
        "Swoole\\Process::read, $name that is waited for",
        fn (object $c) => $c->p->read(),
        [
            'setsockopt' => $same,
            'recv' => Answer::warns('read()'),
            'recv:EAGAIN' => $same, 'recv:EINTR' => $same, 'recv:ECONNRESET' => $same,
            'sigprocmask' => Answer::warns('read()'),
            'poll' => Answer::warns('read()'), 'poll:EINTR' => $same,
            ...$lingers,
        ],
        fn (object $c) => $c->p = talker($type),
        fn (object $c) => [$c->p->write('go'), ends()],
        'recv@here:1:EAGAIN',
    );
    $operations[] = new Operation(
        "Swoole\\Process::read, $name pipe at its end",
        fn (object $c) => $c->p->read(),
        [
            'setsockopt' => $same,
            'recv' => Answer::warns('read()'),
            'recv:EAGAIN' => $same, 'recv:EINTR' => $same, 'recv:ECONNRESET' => $same,
            'sigprocmask' => Answer::warns('read()'),
            'poll' => Answer::warns('read()'), 'poll:EINTR' => $same,
            ...$lingers,
        ],
        fn (object $c) => $c->p = dead($type),
        $gone,
        'recv@here:1:EAGAIN',
    );
    $operations[] = new Operation(
        "Swoole\\Process::read, $name pipe at its end again and again",
        fn (object $c) => $c->p->read(),
        [
            'nanosleep' => $same,
            'recv' => Answer::warns('read()'),
            'recv:EAGAIN' => $same, 'recv:EINTR' => $same, 'recv:ECONNRESET' => $same,
        ],
        function (object $c) use ($type): void {
            $c->p = used($type);
            // One more, and reads are slowed down.
            for ($i = 1; $i < 100; $i++) {
                $c->p->read();
            }
        },
    );
    $operations[] = new Operation(
        "Swoole\\Process::read, empty $name pipe that does not block",
        fn (object $c) => $c->p->read(),
        [
            'recv' => Answer::warns('read()'),
            'recv:EAGAIN' => $same, 'recv:EINTR' => $same, 'recv:ECONNRESET' => $same,
        ],
        fn (object $c) => ($c->p = new Process(fn () => 0, false, $type))->setBlocking(false),
    );
    $operations[] = new Operation(
        "Swoole\\Process::read, $name with room for a lot",
        fn (object $c) => $c->p->read(PHP_INT_MAX),
        [
            'getsockopt' => Answer::warns('getsockopt()'),
            'setsockopt' => $same,
            'recv' => Answer::warns('read()'),
            'recv:EAGAIN' => $same, 'recv:EINTR' => $same, 'recv:ECONNRESET' => $same,
        ],
        fn (object $c) => $c->p = talker($type),
        fn (object $c) => [$c->p->write('go'), ends()],
    );
    $operations[] = new Operation(
        "Swoole\\Process::write, $name for nobody yet",
        fn (object $c) => $c->p->write('hello'),
        [
            'setsockopt' => $same,
            'send' => Answer::warns('write()')->leaving(['code 5']),
            'send:EINTR' => $same, 'send:ECONNRESET' => $same,
        ],
        fn (object $c) => $c->p = listener($type),
        fn (object $c) => [$c->p->start() > 0, ...ends()] === [true, 'code 5'] ? ['code 5'] : false,
        short: $name === 'stream' ? ['send'] : [],
    );
    $operations[] = new Operation(
        "Swoole\\Process::write, $name that waits for room",
        fn (object $c) => $c->p->write('hello'),
        [
            'setsockopt' => $same,
            'send' => Answer::warns('write()')->leaving(['code 5']),
            'send:EAGAIN' => $same, 'send:EINTR' => $same, 'send:ECONNRESET' => $same,
            'sigprocmask' => Answer::warns('write()'),
            'poll' => Answer::warns('write()'), 'poll:EINTR' => $same,
            ...$lingers,
        ],
        fn (object $c) => $c->p = reader($type),
        $gone,
        'send@here:1:EAGAIN',
    );
    $operations[] = new Operation(
        "Swoole\\Process::write, $name through the loop",
        fn (object $c) => $c->p->write('hello'),
        [
            'send' => Answer::warns('write()')->leaving(['code 5']),
            // It is sent when the loop runs.
            'send:EAGAIN' => $same, 'send:EINTR' => $same, 'send:ENOBUFS' => $same,
            // Then it is written as to a file.
            'send:ENOTSOCK' => $same,
        ],
        function (object $c) use ($type): void {
            $c->p = reader($type);
            $c->p->setBlocking(false);
            Event::defer(fn () => 0);
        },
        function (object $c): array {
            Event::wait();
            return ends();
        },
        short: $name === 'stream' ? ['send'] : [],
    );
    foreach (['read' => Process::PIPE_READ, 'write' => Process::PIPE_WRITE] as $half => $which) {
        $operations[] = new Operation(
            "Swoole\\Process::close, $half half of a $name pipe",
            fn (object $c) => $c->p->close($which),
            ['shutdown' => Answer::warns('shutdown()')],
            fn (object $c) => $c->p = new Process(fn () => 0, false, $type),
        );
    }
    $operations[] = new Operation(
        "Swoole\\Process::close, $name pipe",
        fn (object $c) => $c->p->close(),
        [],
        fn (object $c) => $c->p = new Process(fn () => 0, false, $type),
        again: false,
    );
}
$operations[] = new Operation(
    'Swoole\Process::__construct, redirected',
    fn (object $c) => ($c->p = new Process(fn () => 0, true))->pipe > 2,
    ['socketpair' => Answer::throws('socketpair()'), 'setsockopt' => Answer::throws('setsockopt()')],
);
$operations[] = new Operation(
    'Swoole\Process::start, no pipe',
    fn (object $c) => $c->p->start() > 0,
    ['sigprocmask' => Answer::warns('fork()'), 'fork' => Answer::warns('fork()')],
    fn (object $c) => $c->p = new Process(fn () => exit(7), false, 0),
    $gone,
);
// Which of the three standard descriptors is the pipe: the child looks.
$redirected = function (array $open, string $call): Answer {
    return Answer::gives(true)->leaving([$open, ['code 7']])
        ->logging(...array_fill(0, 3 - count($open), "child: Process::start(): $call failed, Error: {error}"));
};
$operations[] = new Operation(
    'Swoole\Process::start, redirected',
    fn (object $c) => $c->p->start() > 0,
    [
        'sigprocmask' => Answer::warns('fork()'),
        'fork' => Answer::warns('fork()'),
        'dup@child#1' => $redirected([1, 2], 'dup2()'),
        'dup@child#2' => $redirected([0, 2], 'dup2()'),
        'dup@child#3' => $redirected([0, 1], 'dup2()'),
        'dup@child#all' => $redirected([], 'dup2()'),
        'setsockopt@child#1' => $redirected([1, 2], 'setsockopt()'),
        'setsockopt@child#2' => $redirected([1, 2], 'setsockopt()'),
        'setsockopt@child#3' => $redirected([0, 2], 'setsockopt()'),
        'setsockopt@child#6' => $redirected([0, 1], 'setsockopt()'),
        'setsockopt@child#all' => $redirected([], 'setsockopt()'),
    ],
    function (object $c): void {
        $c->file = tempnam(sys_get_temp_dir(), 'faults');
        $c->p = new Process(function () use ($c) {
            $links = array_intersect_key(links(), [0, 1, 2]);
            $open = array_filter($links, fn (string $link): bool => str_starts_with($link, 'socket:'));
            file_put_contents($c->file, json_encode(array_keys($open)));
            exit(7);
        }, true);
    },
    function (object $c): array {
        $ends = ends();
        $open = json_decode(file_get_contents($c->file));
        unlink($c->file);
        return [$open, $ends];
    },
);
$operations[] = new Operation(
    'Swoole\Process::start, of one that runs',
    fn (object $c) => $c->p->start(),
    ['waitid' => $same, 'waitid:ECHILD' => Answer::untrue()],
    fn (object $c) => $c->p = sleeper(),
    fn (object $c) => [$c->p->write('go'), ends()],
);
$operations[] = new Operation(
    'Swoole\Process::read, of a message that is cut',
    fn (object $c) => $c->p->read(1),
    [
        'setsockopt' => $same,
        'recv' => Answer::warns('read()'),
        'recv:EAGAIN' => $same, 'recv:EINTR' => $same, 'recv:ECONNRESET' => $same,
        'write' => Answer::gives('h')->logging(''),
        'write:EINTR' => $same,
    ],
    fn (object $c) => $c->p = talker(SOCK_DGRAM),
    fn (object $c) => [$c->p->write('go'), ends()],
    short: ['write'],
);
foreach (['setTimeout' => 0.5, 'setBlocking' => true] as $method => $value) {
    $operations[] = new Operation(
        "Swoole\\Process::$method",
        fn (object $c) => $c->p->$method($value),
        [],
        fn (object $c) => $c->p = new Process(fn () => 0),
    );
}
$operations[] = new Operation(
    'Swoole\Process::wait',
    fn () => is_array($end = Process::wait()) ? ending($end) : $end,
    ['waitpid' => Answer::silent()->leaving([])],
    fn (object $c) => $c->p = dead(),
    $gone,
);
$operations[] = new Operation(
    'Swoole\Process::wait, not blocking, of one that runs',
    fn () => Process::wait(false),
    ['waitpid' => Answer::silent()],
    fn (object $c) => $c->p = sleeper(),
    fn (object $c) => [$c->p->write('go'), ends()],
);
$sleeps = function (object $c): void {
    $c->p = sleeper();
    $c->names = ['kill({pid}' => "kill({$c->p->pid}"];
};
$operations[] = new Operation(
    'Swoole\Process::kill',
    fn (object $c) => Process::kill($c->p->pid, SIGCONT),
    ['kill' => Answer::warns('kill({pid}, 18)')],
    $sleeps,
    fn (object $c) => [$c->p->write('go'), ends()],
);
$operations[] = new Operation(
    'Swoole\Process::kill, with signal 0',
    fn (object $c) => Process::kill($c->p->pid, 0),
    ['kill' => Answer::warns('kill({pid}, 0)'), 'kill:ESRCH' => Answer::silent()],
    $sleeps,
    fn (object $c) => [$c->p->write('go'), ends()],
);
$operations[] = new Operation(
    'Swoole\Process::start, of one that calls exit()',
    fn (object $c) => $c->p->start() > 0,
    ['sigprocmask' => Answer::warns('fork()'), 'fork' => Answer::warns('fork()')],
    fn (object $c) => $c->p = new Process(fn (Process $p) => $p->exit(7)),
    $gone,
);
$operations[] = new Operation(
    'Swoole\Process::exec',
    fn (object $c) => $c->p->exec('/bin/true', ['x']),
    ['execv' => Answer::warns('execv(/bin/true)')],
    fn (object $c) => $c->p = new Process(fn () => 0),
    again: false,
    apart: true,
);
// Nothing but the first of these can be taken back: the daemon is another process by then.
$operations[] = new Operation(
    'Swoole\Process::daemon',
    fn () => Process::daemon(),
    [
        'sigprocmask' => Answer::warns('fork()'),
        'fork' => Answer::warns('fork()'),
        'setsid@child' => Answer::warns('daemon()'),
    ],
    again: false,
    apart: true,
);
$operations[] = new Operation(
    'Swoole\Process::daemon, with folder and descriptors',
    fn () => Process::daemon(false, false),
    [
        'sigprocmask' => Answer::warns('fork()'),
        'fork' => Answer::warns('fork()'),
        'setsid@child' => Answer::warns('daemon()'),
        'chdir@child' => Answer::warns('daemon()'),
        'open@child' => Answer::warns('daemon()'),
        'dup@child' => Answer::warns('daemon()'),
    ],
    again: false,
    apart: true,
);
$operations[] = new Operation(
    'Swoole\Process::daemon, with pipes',
    fn (object $c) => Process::daemon(true, true, [null, $c->file, $c->file]),
    [
        'sigprocmask' => Answer::warns('fork()'),
        'fork' => Answer::warns('fork()'),
        'setsid@child' => Answer::warns('daemon()'),
        'dup#1' => Answer::warns('dup2({file}, 1)'),
        'dup#2' => Answer::warns('dup2({file}, 2)'),
    ],
    function (object $c): void {
        $before = links();
        $c->file = fopen('/dev/null', 'w');
        $c->names = ['dup2({file}' => 'dup2(' . key(array_diff_key(links(), $before))];
    },
    again: false,
    apart: true,
);

$queueFails = Answer::logs('Process::useQueue(): msgget()');
$operations[] = new Operation(
    'Swoole\Process::useQueue',
    fn (object $c) => $c->p->useQueue(0x50000000 | getmypid()),
    ['msgget' => $queueFails],
    fn (object $c) => $c->p = new Process(fn () => 0),
    fn (object $c) => $c->p->freeQueue(),
);
$operations[] = new Operation(
    'Swoole\Process::useQueue, with the key of the script',
    fn (object $c) => $c->p->useQueue(),
    ['ftok' => Answer::warns('ftok()'), 'msgget' => $queueFails],
    fn (object $c) => $c->p = new Process(fn () => 0),
    fn (object $c) => $c->p->freeQueue(),
);
$operations[] = new Operation(
    'Swoole\Process::useQueue, with a capacity',
    fn (object $c) => $c->p->useQueue(0x50000000 | getmypid(), 2, 4096),
    ['msgget' => $queueFails, 'msgctl' => Answer::notes('Process::useQueue(): msgctl() for the capacity')],
    fn (object $c) => $c->p = new Process(fn () => 0),
    fn (object $c) => $c->p->freeQueue(),
);
$operations[] = new Operation(
    'Swoole\Process::push',
    fn (object $c) => $c->p->push('hello'),
    [
        'msgsnd' => Answer::logs('Process::push(): msgsnd() of 5 bytes')->leaving(['hello']),
        'msgsnd:EAGAIN' => Answer::silent()->leaving(['hello']),
        'msgsnd:EINTR' => Answer::silent()->leaving(['hello']),
    ],
    queue(...),
    drain(...),
);
$popFails = Answer::logs('Process::pop(): msgrcv() of up to 65536 bytes')->leaving([]);
$operations[] = new Operation(
    'Swoole\Process::pop',
    fn (object $c) => $c->p->pop(),
    [
        'msgrcv' => $popFails,
        'msgrcv:ENOMSG' => Answer::silent()->leaving([]),
        'msgrcv:EINTR' => Answer::silent()->leaving([]),
        // The room that is tried first may be too small; the second is as large as was asked for.
        'msgrcv#1:E2BIG' => $same,
        'msgrcv#all:E2BIG' => $popFails,
    ],
    function (object $c): void {
        queue($c);
        $c->p->push('hello');
    },
    drain(...),
);
$operations[] = new Operation(
    'Swoole\Process::statQueue',
    fn (object $c) => $c->p->statQueue(),
    ['msgctl' => Answer::logs('Process::statQueue(): msgctl()')],
    queue(...),
    drain(...),
);
$operations[] = new Operation(
    'Swoole\Process::freeQueue',
    fn (object $c) => $c->p->freeQueue(),
    ['msgctl' => Answer::logs('Process::freeQueue(): msgctl()')],
    queue(...),
);

$operations[] = new Operation(
    'Swoole\Process::name',
    fn (object $c) => $c->p->name('faults'),
    [],
    fn (object $c) => $c->p = new Process(fn () => 0),
);
$operations[] = new Operation(
    'Swoole\Process::alarm',
    fn () => Process::alarm(-1),
    ['setitimer' => Answer::warns('setitimer()')],
);
$operations[] = new Operation(
    'Swoole\Process::setAffinity',
    fn () => Process::setAffinity([0]),
    [
        'sysconf' => $same,
        'schedsetaffinity' => Answer::warns('sched_setaffinity()'),
    ],
);
$operations[] = new Operation(
    'Swoole\Process::getAffinity',
    fn () => Process::getAffinity() !== [],
    ['schedgetaffinity' => Answer::throws('sched_getaffinity()')],
);
$operations[] = new Operation(
    'Swoole\Process::setPriority',
    fn (object $c) => $c->p->setPriority(PRIO_PROCESS, 0),
    ['setpriority' => Answer::silent()],
    fn (object $c) => $c->p = new Process(fn () => 0),
);
$operations[] = new Operation(
    'Swoole\Process::getPriority',
    fn (object $c) => $c->p->getPriority(PRIO_PROCESS),
    ['getpriority' => Answer::silent()],
    fn (object $c) => $c->p = new Process(fn () => 0),
);
$unsignal = function (): void {
    if (!in_array(pcntl_signal_get_handler(SIGUSR1), [SIG_DFL], true)) {
        pcntl_signal(SIGUSR1, SIG_DFL);
    }
    Process::signal(SIGUSR1, fn () => 0);
    Process::signal(SIGUSR1, null);
    endLoop();
};
$operations[] = new Operation(
    'Swoole\Process::signal',
    fn () => Process::signal(SIGUSR1, fn () => 0),
    ['sigaction' => Answer::warns('sigaction(10)')],
    finish: $unsignal,
);
$operations[] = new Operation(
    'Swoole\Process::signal, to ignore it',
    fn () => Process::signal(SIGUSR1, SIG_IGN),
    ['sigaction' => Answer::warns('sigaction(10)')],
    finish: $unsignal,
);
$operations[] = new Operation(
    'Swoole\Process::signal, to handle it no more',
    fn () => Process::signal(SIGUSR1, null),
    ['sigaction' => Answer::warns('sigaction(10)')],
    fn () => Process::signal(SIGUSR1, fn () => 0),
    fn () => endLoop(),
);

$addFails = Answer::says('swoole_event_add failed');
$operations[] = new Operation(
    'Swoole\Event::add',
    fn (object $c) => Event::add($c->a, fn () => 0) > 2,
    ['epollcreate' => $addFails, 'epollctl' => $addFails, 'epollctl:EEXIST' => Answer::says('already exist')],
    pair(...),
    function (object $c): void {
        Event::del($c->a);
        Event::wait();
    },
);
$operations[] = new Operation(
    'Swoole\Event::add, of one that is watched',
    fn (object $c) => Event::add($c->a, fn () => 0),
    [
        'epollctl' => $same,
        // It looks as if it had been closed and opened again: the kernel tells what is true.
        'epollctl:ENOENT' => Answer::untrue(), 'epollctl:EBADF' => Answer::untrue(),
        'epollctl:EPERM' => Answer::untrue(),
    ],
    watched(...),
    function (object $c): void {
        @Event::del($c->a);
        Event::wait();
    },
);
$operations[] = new Operation(
    'Swoole\Event::set',
    fn (object $c) => Event::set($c->a, null, fn () => 0, SWOOLE_EVENT_READ | SWOOLE_EVENT_WRITE),
    ['epollctl' => Answer::warns('epoll_ctl()')],
    watched(...),
    arrived(...),
);
$operations[] = new Operation(
    'Swoole\Event::isset',
    fn (object $c) => Event::isset($c->a),
    [],
    watched(...),
    arrived(...),
);
$operations[] = new Operation(
    'Swoole\Event::del',
    fn (object $c) => Event::del($c->a),
    // What the kernel goes on to report is not looked at.
    ['epollctl' => $same],
    watched(...),
    arrived(...),
);
$operations[] = new Operation(
    'Swoole\Process::close, of a pipe that is watched',
    fn (object $c) => $c->p->close(),
    ['epollctl' => $same],
    function (object $c): void {
        $c->p = new Process(fn () => 0);
        Event::add($c->number = $c->p->pipe, fn () => 0);
    },
    function (object $c): void {
        Event::del($c->number);
        Event::wait();
    },
);
$operations[] = new Operation(
    'Swoole\Event::write',
    fn (object $c) => Event::write($c->a, 'hello'),
    [
        'send' => Answer::warns('send()')->leaving('hello'),
        // It is sent when the loop runs.
        'send:EAGAIN' => $same, 'send:EINTR' => $same, 'send:ENOBUFS' => $same,
        // Then it is written as to a file.
        'send:ENOTSOCK' => $same,
    ],
    watched(...),
    arrived(...),
    short: ['send'],
);
// The first two bytes go at once; the rest waits for the loop.
$lost = Answer::gives(true)->leaving('he')
    ->logging('Event::write(): 3 bytes for descriptor {fd} are lost: send() failed, Error: {error}');
$operations[] = new Operation(
    'Swoole\Event::write, of more than there is room for',
    function (object $c): bool {
        $written = Event::write($c->a, 'hello');
        Event::del($c->a);
        Event::wait();
        return $written;
    },
    [
        'send#1' => Answer::warns('send()')->leaving(''),
        'send#1:EAGAIN' => $same, 'send#1:EINTR' => $same, 'send#1:ENOBUFS' => $same, 'send#1:ENOTSOCK' => $same,
        'send' => $lost,
        'send:EAGAIN' => $same, 'send:EINTR' => $same, 'send:ENOBUFS' => $same, 'send:ENOTSOCK' => $same,
        'fstat' => $same,
        'fcntl' => $same,
        'epollctl' => $same,
        'sigprocmask' => Answer::throws('sigprocmask()')->logging('the event loop ended before 3 bytes were written'),
        'epollwait' => Answer::throws('epoll_wait()')->logging('the event loop ended before 3 bytes were written'),
        'epollwait:EINTR' => $same,
    ],
    watched(...),
    fn (object $c) => (string) fread($c->b, 100),
    'send@here:1:SHORT=2',
    again: false,
);
$operations[] = new Operation(
    'Swoole\Event::write, behind what waits for room',
    fn (object $c) => Event::write($c->a, ' world'),
    ['fstat' => Answer::warns('send()')->leaving('hello world')],
    function (object $c): void {
        watched($c);
        swoole_process_fault('send@here:1:SHORT=2');
        Event::write($c->a, 'hello');
    },
    arrived(...),
);
$operations[] = new Operation(
    'Swoole\Event::write, to what is no socket',
    fn (object $c) => Event::write($c->a, 'hello'),
    [
        'send' => Answer::warns('send()')->leaving('hello'),
        'send:EAGAIN' => $same, 'send:EINTR' => $same, 'send:ENOBUFS' => $same, 'send:ENOTSOCK' => $same,
        'poll' => Answer::warns('send()')->leaving('hello'), 'poll:EINTR' => $same,
        'write' => Answer::warns('send()')->leaving('hello'), 'write:EAGAIN' => $same, 'write:EINTR' => $same,
    ],
    function (object $c): void {
        posix_mkfifo($c->name = tempnam(sys_get_temp_dir(), 'faults') . '.fifo', 0600);
        $c->b = fopen($c->name, 'r+');
        $c->a = fopen($c->name, 'r+');
        stream_set_blocking($c->b, false);
        Event::add($c->a, null, fn () => 0, SWOOLE_EVENT_WRITE);
    },
    function (object $c): string {
        $text = arrived($c);
        array_map('unlink', [$c->name, substr($c->name, 0, -5)]);
        return $text;
    },
    short: ['write'],
);
$unwatched = Answer::gives(0)->warning('Swoole\Event::add(): swoole_event_add failed');
$operations[] = new Operation(
    'Swoole\Event::wait, for a descriptor',
    function (object $c): int {
        pair($c);
        fwrite($c->b, 'hello');
        return turns($c, fn ($call) => Event::add($c->a, function () use ($c, $call) {
            $call();
            Event::del($c->a);
        }));
    },
    [
        ...$loop,
        // What cannot be watched is not: nothing is called.
        'epollctl#1' => $unwatched, 'epollcreate' => $unwatched,
        'epollctl#1:EEXIST' => Answer::gives(0)->warning('Swoole\Event::add(): already exist'),
        'epollctl' => $same,
        // It looks closed for a moment; the kernel reports it again.
        'fcntl' => $same,
    ],
);
$operations[] = new Operation(
    'Swoole\Event::wait, for a deferred call',
    fn (object $c) => turns($c, fn ($call) => Event::defer($call)),
    $loopAtOnce,
);
$operations[] = new Operation(
    'Swoole\Event::wait, for a signal',
    fn (object $c) => turns($c, function ($call): void {
        // The loop ends with the timer: after a signal, or without one in a while.
        Process::signal(SIGUSR1, fn () => [$call(), Timer::clearAll()]);
        Timer::after(SOON, fn () => 0);
        posix_kill(getmypid(), SIGUSR1);
    }),
    [
        ...$loop,
        'sigaction' => Answer::gives(0)->warning('Swoole\Process::signal(): sigaction(10) failed, Error: {error}'),
    ],
    fn () => pcntl_signal(SIGUSR1, SIG_IGN),
    function () use ($unsignal): void {
        endLoop();
        $unsignal();
    },
);
$operations[] = new Operation(
    'Swoole\Event::wait, with a closed descriptor of which a child has a copy',
    function (object $c): int {
        return turns($c, fn ($call) => Timer::after(SOON, function () use ($c, $call) {
            Event::del($c->number);
            $call();
        }));
    },
    [
        ...$loop,
        // It asks for a descriptor that the kernel says is closed: with ENOENT, EBADF or EPERM, and nothing else.
        'epollctl' => Answer::untrue(), 'epollctl:ENOENT' => $same, 'epollctl:EBADF' => $same,
        'epollctl:EPERM' => $same,
        // Without a new table the old one serves.
        'epollcreate' => $same,
    ],
    function (object $c): void {
        pair($c);
        $c->number = Event::add($c->a, fn () => $c->count = 100);
        $c->p = sleeper();
        fclose($c->a);
        fwrite($c->b, 'x');
    },
    function (object $c): array {
        @Event::del($c->number);
        endLoop();
        return [$c->p->write('go'), ends()];
    },
);
$operations[] = new Operation(
    'Swoole\Event::dispatch',
    function (object $c): int {
        $c->count = 0;
        Event::defer(fn () => $c->count++);
        Event::dispatch();
        return $c->count;
    },
    $loopAtOnce,
    finish: fn () => endLoop(),
);
$operations[] = new Operation(
    'Swoole\Event::rshutdown',
    function (object $c): int {
        $c->count = 0;
        Event::defer(fn () => $c->count++);
        @Event::rshutdown();
        return $c->count;
    },
    // The deferred call is the first coroutine of the process, with a stack of its own.
    [...$loopAtOnce, 'madvise' => $same, 'open' => $same],
    again: false,
    apart: true,
);
$operations[] = new Operation(
    'Swoole\Event::cycle',
    fn (object $c) => Event::cycle(fn () => 0),
    [],
    finish: fn () => [Event::cycle(null), endLoop()][0],
);
$operations[] = new Operation(
    'Swoole\Event::defer',
    fn (object $c) => Event::defer(fn () => 0),
    [],
    finish: fn () => endLoop(),
);
$operations[] = new Operation('Swoole\Event::exit', fn (object $c) => Event::exit(), []);
foreach (['after', 'tick'] as $method) {
    $operations[] = new Operation(
        "Swoole\\Timer::$method",
        fn (object $c) => turns($c, fn ($call) => Timer::$method(SOON, function () use ($call) {
            $call();
            Timer::clearAll();
        })),
        $loop,
    );
}
$operations[] = new Operation(
    'Swoole\Timer::clear',
    function (): array {
        $id = Timer::after(1000, fn () => 0);
        return [Timer::exists($id), Timer::info($id) !== null, Timer::stats()['num'], count(Timer::list()),
            Timer::clear($id), Timer::clearAll()];
    },
    [],
    finish: fn () => endLoop(),
);
$operations[] = new Operation(
    'swoole_async_set, a file for the log',
    fn (object $c) => swoole_async_set(['log_file' => $c->name]),
    ['open' => Answer::warns('open(/dev/null)')],
    fn (object $c) => $c->name = '/dev/null',
    fn () => Told::log(),
);
$operations[] = new Operation(
    'swoole_async_set, everything else',
    fn () => swoole_async_set(['log_level' => 0, 'log_date_with_microseconds' => false, 'wait_signal' => false,
        'log_date_format' => '%Y-%m-%d %H:%M:%S', 'socket_buffer_size' => 8 << 20, 'enable_coroutine' => false]),
    [],
);
$operations[] = new Operation(
    'swoole_cpu_num',
    fn () => swoole_cpu_num(),
    ['sysconf' => Answer::gives(1)],
);
$operations[] = new Operation(
    'swoole_strerror',
    fn () => [swoole_strerror(1), swoole_strerror(1, SWOOLE_STRERROR_GAI), swoole_strerror(1, SWOOLE_STRERROR_DNS),
        swoole_version(), swoole_set_process_name('faults')],
    [],
);
$operations[] = new Operation(
    'phpinfo',
    function (): bool {
        ob_start();
        phpinfo(INFO_MODULES);
        return str_contains(ob_get_clean(), 'swoole_process support');
    },
    ['uname' => $same, 'open' => $same, 'pidfdopen' => $same, 'msgctl' => $same],
);

return $operations;
