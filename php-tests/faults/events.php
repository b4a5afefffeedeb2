<?php
// The part of the table that is about signals, the event loop, and the module itself.

namespace Faults;

use Swoole\Event;
use Swoole\Process;
use Swoole\Timer;

$operations = [];

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
    endLoop(...),
);

$addFails = Answer::says('swoole_event_add failed');
$operations[] = new Operation(
    'Swoole\Event::add',
    fn (object $c) => Event::add($c->a, fn () => 0) > 2,
    [
        'epollcreate' => $addFails, 'epollctl' => $addFails, 'epollctl:EEXIST' => Answer::says('already exist'),
        'fcntl' => $addFails,
        // It is not taken for a terminal, or for a standard descriptor.
        'ioctl' => $same, 'fstat' => $same,
    ],
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
        ...$sendsLater,
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
        ...$sendsLater,
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
        ...$sendsLater,
        'fstat' => $same, 'open' => $same,
        ...array_fill_keys(array_map(fn (string $name) => "pwritev2:$name", ['EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EPERM', 'EAGAIN', 'EINTR']), $same),
        'pwritev2' => Answer::warns('send()')->leaving('hello'),
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
        'epollctl#1' => $unwatched, 'epollcreate' => $unwatched, 'fcntl' => $unwatched,
        'fstat' => $same, 'ioctl' => $same,
        'epollctl#1:EEXIST' => Answer::gives(0)->warning('Swoole\Event::add(): already exist'),
        'epollctl' => $same,
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
    finish: endLoop(...),
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
    [...$loopAtOnce, ...array_fill_keys($firstStack, $same)],
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
    finish: endLoop(...),
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
    finish: endLoop(...),
);
$operations[] = new Operation(
    'swoole_async_set, a file for the log',
    fn (object $c) => swoole_async_set(['log_file' => $c->name]),
    // Nobody reads a FIFO that says so: it is opened another way.
    ['open' => Answer::warns('open(/dev/null)'), 'mmap' => Answer::warns('open(/dev/null)'), 'open#1:ENXIO' => $same, 'open#all:ENXIO' => Answer::warns('open(/dev/null)')],
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
foreach (['swoole_get_local_ip', 'swoole_get_local_mac'] as $function) {
    $operations[] = new Operation($function, fn () => is_array($function()), ['socket' => Answer::warns('getifaddrs()')]);
}
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
