<?php
// The part of the table that is about Swoole\Process: every operation a script can ask for, and what it may answer when
// a system call of its fails.

namespace Faults;

use Swoole\Event;
use Swoole\Process;

$operations = [];

foreach ($types as $name => $type) {
    $operations[] = new Operation(
        "Swoole\\Process::__construct, $name pipe",
        fn (object $c) => ($c->p = new Process(fn () => 0, false, $type))->pipe > 2,
        $pairs,
    );
    $operations[] = new Operation(
        "Swoole\\Process::start, $name pipe",
        fn (object $c) => $c->p->start() > 0,
        [
            'sigprocmask' => Answer::warns('fork()')->leaving(['code 7']),
            'fork' => Answer::warns('fork()')->leaving(['code 7']),
            'pidfdopen' => $same,
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
            ...$forks, 'pidfdopen' => $same,
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
            // For a value that it may meet.
            'malloc' => Answer::warns('read()'),
            ...$receives,
        ],
        fn (object $c) => $c->p = talker($type),
        $go,
    );
    $operations[] = new Operation(
        "Swoole\\Process::read, $name that is waited for",
        fn (object $c) => $c->p->read(),
        [
            'setsockopt' => $same,
            'malloc' => Answer::warns('read()'),
            ...$receives,
            ...$waits('read()'),
        ],
        fn (object $c) => $c->p = talker($type),
        $go,
        'recv@here:1:EAGAIN',
    );
    $operations[] = new Operation(
        "Swoole\\Process::read, $name pipe at its end",
        fn (object $c) => $c->p->read(),
        [
            'setsockopt' => $same,
            'malloc' => Answer::warns('read()'),
            ...$receives,
            ...$waits('read()'),
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
            ...$receives,
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
            'malloc' => Answer::warns('read()'),
            ...$receives,
        ],
        fn (object $c) => ($c->p = new Process(fn () => 0, false, $type))->setBlocking(false),
    );
    $operations[] = new Operation(
        "Swoole\\Process::read, $name with room for a lot",
        fn (object $c) => $c->p->read(PHP_INT_MAX),
        [
            'getsockopt' => Answer::warns('getsockopt()'),
            'setsockopt' => $same,
            'malloc' => Answer::warns('read()'),
            ...$receives,
        ],
        fn (object $c) => $c->p = talker($type),
        $go,
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
            ...$waits('write()'),
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
            ...$sendsLater,
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
    $pairs,
);
$operations[] = new Operation(
    'Swoole\Process::start, no pipe',
    fn (object $c) => $c->p->start() > 0,
    [...$forks, 'pidfdopen' => $same],
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
        ...$forks, 'pidfdopen' => $same,
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
    $go,
);
$operations[] = new Operation(
    'Swoole\Process::read, of a message that is cut',
    fn (object $c) => $c->p->read(1),
    [
        'setsockopt' => $same,
        'malloc' => Answer::warns('read()'),
        ...$receives,
        'write' => Answer::gives('h')->logging(''),
        'write:EINTR' => $same,
    ],
    fn (object $c) => $c->p = talker(SOCK_DGRAM),
    $go,
    short: ['write'],
);
foreach (['setTimeout' => 0.5, 'setBlocking' => true] as $method => $value) {
    $operations[] = new Operation(
        "Swoole\\Process::$method",
        fn (object $c) => $c->p->$method($value),
        [],
        $fresh,
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
    $go,
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
    $go,
);
$operations[] = new Operation(
    'Swoole\Process::kill, with signal 0',
    fn (object $c) => Process::kill($c->p->pid, 0),
    ['kill' => Answer::warns('kill({pid}, 0)'), 'kill:ESRCH' => Answer::silent()],
    $sleeps,
    $go,
);
// One child. A kernel without waits by pidfd is asked by the pid.
$asked = [
    'waitid' => Answer::silent(), 'waitid:EINTR' => $same, 'waitid:EINVAL' => $same,
    'waitid:ECHILD' => Answer::untrue(),
];
$operations[] = new Operation(
    'Swoole\Process::isAlive',
    fn (object $c) => $c->p->isAlive(),
    ['waitid' => $same, 'waitid:ECHILD' => Answer::untrue()],
    fn (object $c) => $c->p = sleeper(),
    $go,
);
$operations[] = new Operation(
    'Swoole\Process::join, of one that has ended',
    fn (object $c) => is_array($end = $c->p->join()) ? ending($end) : $end,
    [
        ...$asked,
        // The second and the third are by the pid.
        'waitid#2:EINVAL' => Answer::silent(), 'waitid#3:EINVAL' => Answer::silent(),
        'waitid#all:EINVAL' => Answer::silent(),
    ],
    fn (object $c) => $c->p = dead(),
    fn (object $c) => is_array($c->p->join()) && ends() === [],
);
$operations[] = new Operation(
    'Swoole\Process::join, of one that runs',
    fn (object $c) => $c->p->join(0.05),
    [
        ...$asked, 'waitid#all:EINVAL' => Answer::silent(),
        'sigprocmask' => Answer::silent(), 'poll' => Answer::silent(), 'poll:EINTR' => $same,
    ],
    fn (object $c) => $c->p = sleeper(),
    $go,
);
$ended = function (object $c): void {
    $c->p = new Process(fn () => posix_setpgid(0, 0) && exit(7));
    $c->p->start();
    until_ended($c->p->pid);
    $c->names = ['kill({pid}' => "kill({$c->p->pid}", 'kill({group}' => "kill(-{$c->p->pid}"];
};
$operations[] = new Operation(
    'Swoole\Process::terminate',
    fn (object $c) => is_array($end = $c->p->terminate()) ? ending($end) : $end,
    [
        ...$asked,
        'waitid#2' => Answer::warns('kill({pid}, 15)'),
        'waitid#2:ESRCH' => $same, 'waitid#2:EINVAL' => $same, 'waitid#2:EINTR' => $same, 'waitid#2:ECHILD' => Answer::untrue(),
        'waitid#5:EINVAL' => Answer::silent(),
        'waitid#all:EINVAL' => Answer::silent(),
        'pidfdsendsignal' => Answer::warns('kill({pid}, 15)'),
        'pidfdsendsignal:ENOSYS' => $same, 'pidfdsendsignal:ESRCH' => $same,
    ],
    $ended,
    fn (object $c) => is_array($c->p->join()) && ends() === [],
);
$operations[] = new Operation(
    'Swoole\Process::terminate, of a group',
    fn (object $c) => is_array($end = $c->p->terminate(group: true)) ? ending($end) : $end,
    [
        ...$asked,
        'waitid#2' => Answer::warns('kill({group}, 15)'),
        'waitid#2:ESRCH' => $same, 'waitid#2:EINVAL' => $same, 'waitid#2:EINTR' => $same, 'waitid#2:ECHILD' => Answer::untrue(),
        'waitid#8:EINVAL' => Answer::silent(),
        'waitid#all:EINVAL' => Answer::silent(),
        'getpgid' => $same,
        'kill#1' => Answer::warns('kill({group}, 15)'), 'kill#2' => Answer::warns('kill({group}, 9)'),
        'kill#all' => Answer::warns('kill({group}, 15)'), 'kill#1:ESRCH' => $same, 'kill#2:ESRCH' => $same, 'kill#all:ESRCH' => $same,
    ],
    $ended,
    fn (object $c) => is_array($c->p->join()) && ends() === [],
);
$operations[] = new Operation(
    'Swoole\Process::exitStream',
    fn (object $c) => is_resource($c->p->exitStream()),
    [
        ...$asked, 'waitid' => Answer::warns('pidfd_open()'), 'waitid#all:EINVAL' => Answer::warns('pidfd_open()'),
        'pidfdopen' => Answer::warns('pidfd_open()'),
    ],
    fn (object $c) => $c->p = dead(),
    $gone,
);
$operations[] = new Operation(
    'Swoole\Process::exitStream, of one that was reaped',
    fn (object $c) => is_resource($c->p->exitStream()),
    ['pipe' => Answer::warns('pidfd_open()'), 'fcntl' => Answer::warns('pidfd_open()')],
    function (object $c): void {
        $c->p = dead();
        Process::wait();
    },
);
$operations[] = new Operation(
    'Swoole\Process::lastUsage',
    fn () => ending(Process::lastUsage()),
    [],
    function (object $c): void {
        $c->p = dead();
        Process::wait();
    },
);
// How a child starts. What fails there comes back by the name of its option.
$setting = fn (string $option): Answer => Answer::warns("setting the option $option");
$all = [
    'cwd' => '/', 'umask' => 022, 'nice' => 1, 'limits' => ['core' => 0], 'process_group' => true, 'groups' => [], 'group' => 0,
    'user' => 0, 'env' => ['A' => 'b'], 'death_signal' => SIGKILL, 'stdout' => 'null', 'stderr' => 'pipe',
];
$changes = [
    'pidfdopen' => $same,
    'open' => Answer::warns('open() of the option stdout'), 'pipe#1' => Answer::warns('pipe() of the option stderr'),
    'pipe#2' => Answer::warns('pipe()'), 'pipe#all' => Answer::warns('pipe() of the option stderr'),
    // Where the report cannot be read, the exit status tells.
    'read' => $same, 'read:EINTR' => $same,
    'fcntl@child' => $setting('descriptors'), 'dup@child' => $setting('descriptors'),
    'setrlimit@child' => $setting('limits'), 'setpriority@child' => $setting('nice'), 'setpgid@child' => $setting('process_group'),
    'setgroups@child' => $setting('groups'), 'setgid@child' => $setting('group'), 'setuid@child' => $setting('user'),
    'chdir@child' => $setting('cwd'), 'prctl@child' => $setting('death_signal'),
];
$operations[] = new Operation(
    'Swoole\Process::start, with options',
    fn (object $c) => $c->p->start() > 0,
    [...$forks, ...$changes, 'malloc@child' => $setting('env')],
    function (object $c) use ($all): void {
        $c->p = new Process(fn () => exit(7), false, 0);
        $c->p->set($all);
    },
    $gone,
);
$operations[] = new Operation(
    'Swoole\Process::command',
    fn (object $c) => ($c->p = Process::command(['true'], $all)) ? ending($c->p->join()) : false,
    [
        ...$changes,
        'execv@child' => Answer::warns('execvp(true)'),
        'closerange@child' => $same, 'sigaction@child' => $same,
        'waitid' => Answer::untimed(), 'poll' => Answer::untimed(), 'sigprocmask' => Answer::untimed(),
        'sigprocmask#1' => Answer::warns('clone()'), 'clone' => Answer::warns('clone()'),
        'mmap' => Answer::warns('clone()'), 'prctl' => $same,
        'getpwnam' => Answer::throws('getpwuid(0)'),
    ],
);
$operations[] = new Operation(
    'Swoole\Process::set, a user by its name',
    fn (object $c) => $c->p->set(['user' => 'root']),
    ['getpwnam' => Answer::throws('getpwnam()'), 'getgrnam' => Answer::throws('getgrouplist()')],
    $fresh,
);
$operations[] = new Operation(
    'Swoole\Process::set, a group by its name',
    fn (object $c) => $c->p->set(['group' => 'root']),
    ['getgrnam' => Answer::throws('getgrnam()')],
    $fresh,
);
$speaks = function (object $c): void {
    $c->p = Process::command(['echo', 'a line'], ['stdout' => 'pipe']);
    until_ended($c->p->pid);
};
$operations[] = new Operation(
    'Swoole\Process::readLine',
    fn (object $c) => $c->p->readLine(),
    [
        'poll' => Answer::warns('read()'), 'poll:EINTR' => $same,
        'read' => Answer::warns('read()'), 'read:EINTR' => $same,
    ],
    $speaks,
    fn (object $c) => $c->p->join()['code'],
);
$operations[] = new Operation(
    'Swoole\Process::readLine, that is waited for',
    fn (object $c) => $c->p->readLine(1, 0.05),
    [
        'poll#1' => Answer::warns('read()'), 'poll#1:EINTR' => $same,
        'poll#2' => Answer::warns('ppoll()'), 'poll#2:EINTR' => $same,
        'poll#3' => Answer::warns('read()'), 'poll#3:EINTR' => $same,
        'poll#all' => Answer::warns('read()'), 'poll#all:EINTR' => Answer::untrue(),
        'sigprocmask' => Answer::warns('ppoll()'),
    ],
    fn (object $c) => $c->p = Process::command(['cat'], ['stdin' => 'pipe', 'stdout' => 'pipe']),
    fn (object $c) => fclose($c->p->stdio(0)) && $c->p->join()['code'],
);
$operations[] = new Operation(
    'Swoole\Process::stdio',
    fn (object $c) => fgets($c->p->stdio(1)),
    [],
    $speaks,
    fn (object $c) => $c->p->join()['code'],
);
$operations[] = new Operation(
    'Swoole\Process::start, between callbacks of onFork()',
    fn (object $c) => $c->p->start() > 0,
    [...$forks, 'pidfdopen' => $same],
    function (object $c): void {
        Process::onFork(fn () => null, fn () => null, fn () => null);
        $c->p = new Process(fn () => exit(7), false, 0);
    },
    $gone,
    apart: true,
);
$operations[] = new Operation(
    'Swoole\Process::start, of one that calls exit()',
    fn (object $c) => $c->p->start() > 0,
    [...$forks, 'pidfdopen' => $same],
    fn (object $c) => $c->p = new Process(fn (Process $p) => $p->exit(7)),
    $gone,
);
$operations[] = new Operation(
    'Swoole\Process::exec',
    fn (object $c) => $c->p->exec('/bin/true', ['x']),
    // Signals that are ignored may have their default action in the program then.
    ['execv' => Answer::warns('execv(/bin/true)'), 'sigaction' => Answer::same()],
    $fresh,
    again: false,
    apart: true,
);
// Nothing but the first of these can be taken back: the daemon is another process by then.
$operations[] = new Operation(
    'Swoole\Process::daemon',
    fn () => Process::daemon(),
    [
        ...$forks,
        'setsid@child' => Answer::warns('daemon()'),
    ],
    again: false,
    apart: true,
);
$operations[] = new Operation(
    'Swoole\Process::daemon, with folder and descriptors',
    function (object $c): mixed {
        $done = Process::daemon(false, false);
        return $c->pid === getmypid() || $c->isCalled ? $done : 'the callback for the child was not called';
    },
    [
        ...$forks,
        'setsid@child' => Answer::warns('daemon()'),
        'chdir@child' => Answer::warns('daemon()'),
        'open@child' => Answer::warns('daemon()'),
        'dup@child' => Answer::warns('daemon()'),
    ],
    function (object $c): void {
        [$c->pid, $c->isCalled] = [getmypid(), false];
        Process::onFork(child: fn () => $c->isCalled = true);
    },
    again: false,
    apart: true,
);
$operations[] = new Operation(
    'Swoole\Process::daemon, with pipes',
    fn (object $c) => Process::daemon(true, true, [null, $c->file, $c->file]),
    [
        ...$forks,
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
    $fresh,
    fn (object $c) => $c->p->freeQueue(),
);
$operations[] = new Operation(
    'Swoole\Process::useQueue, with the key of the script',
    fn (object $c) => $c->p->useQueue(),
    ['ftok' => Answer::warns('ftok()'), 'msgget' => $queueFails],
    $fresh,
    fn (object $c) => $c->p->freeQueue(),
);
$operations[] = new Operation(
    'Swoole\Process::useQueue, with a capacity',
    fn (object $c) => $c->p->useQueue(0x50000000 | getmypid(), 2, 4096),
    ['msgget' => $queueFails, 'msgctl' => Answer::notes('Process::useQueue(): msgctl() for the capacity')],
    $fresh,
    fn (object $c) => $c->p->freeQueue(),
);
$operations[] = new Operation(
    'Swoole\Process::push',
    fn (object $c) => $c->p->push('hello'),
    [
        'msgsnd' => Answer::logs('Process::push(): msgsnd() of 5 bytes')->leaving(['hello']),
        // Then it is waited for.
        'msgsnd#1:EAGAIN' => $same,
        'msgsnd#all:EAGAIN' => Answer::silent()->leaving(['hello']),
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
        'msgrcv#1:ENOMSG' => $same,
        'msgrcv#all:ENOMSG' => Answer::silent()->leaving([]),
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

// Other operations have queues in the registry, too, and Swoole\Process::queues() asks about each. tests/faults.rs has
// the answers to that.
$unreadable = Answer::warns('reading the registry of queues');
$operations[] = new Operation(
    'Swoole\Process::queues',
    fn () => is_array(Process::queues()),
    [
        'stat' => $unreadable, 'fstat#1' => $unreadable, 'fstat#all' => $unreadable, 'fstat' => Answer::untimed(),
        'open#1' => $unreadable, 'open#all' => $unreadable, 'open#2' => $unreadable, 'open' => Answer::untimed(),
        'open#1:ENOENT' => $same, 'open#all:ENOENT' => $same,
        ...array_fill_keys(['msgctl', 'kill', 'flock', 'pidfdopen', 'poll', 'unlink'], Answer::untimed()),
    ],
    fn () => is_dir($folder = '/dev/shm/swoole-process.' . posix_geteuid()) || mkdir($folder, 0700),
);

$operations[] = new Operation(
    'Swoole\Process::name',
    fn (object $c) => $c->p->name('faults'),
    [],
    $fresh,
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
    $fresh,
);
$operations[] = new Operation(
    'Swoole\Process::getPriority',
    fn (object $c) => $c->p->getPriority(PRIO_PROCESS),
    ['getpriority' => Answer::silent()],
    $fresh,
);

return $operations;
