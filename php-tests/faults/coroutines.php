<?php
// The part of the table that is about coroutines, and what they wait for in Swoole\Coroutine\System.

namespace Faults;

use Swoole\Coroutine;
use Swoole\Coroutine\System;
use Swoole\Process;

/** So many stacks have guard pages where there is another way: an eighth of the mappings that a process may have. */
define('Faults\\GUARDED', intdiv((int) file_get_contents('/proc/sys/vm/max_map_count'), 8));
/** More are not made for a test. */
const MOST_STACKS = 10000;

/** What $wait gives as a coroutine; $then is called when that waits. */
function meanwhile(\Closure $wait, \Closure $then): mixed
{
    $result = null;
    inside(function () use ($wait, $then, &$result): void {
        Coroutine::create(function () use ($wait, &$result): void {
            $result = $wait();
        });
        $then();
    });
    return $result;
}

/** The process has been killed, and is not reaped. */
function killed(Process $process): void
{
    posix_kill($process->pid, SIGKILL);
    until_ended($process->pid);
}

/** What is told of a child that has ended, without its number. */
function told_end(array|false $end): string|false
{
    return $end === false ? false : ending($end);
}

$same = Answer::same();
$silent = Answer::silent();
/** A loop that fails ends, and those who waited in it are canceled. */
$loopThrows = fn (string $call): Answer => Answer::throws($call)->coded(SWOOLE_ERROR_CO_CANCELED);
$loop = [
    'epollcreate' => $loopThrows('epoll_create1()'),
    'epollwait' => $loopThrows('epoll_wait()'), 'epollwait:EINTR' => $same,
    'sigprocmask' => $loopThrows('sigprocmask()'),
];
/** What has to be done to hear of the ends of children; what is there before is looked at first. */
$held = ['sigaction#1' => $same, 'sigaction#all' => Answer::warns('sigaction()')];
$operations = [];

$operations[] = new Operation(
    'Swoole\Coroutine::create, of the first one of a process',
    fn () => Coroutine::create(fn () => 0),
    array_fill_keys($firstStack, $same),
    again: false,
    apart: true,
);
if (GUARDED <= MOST_STACKS) {
    $operations[] = new Operation(
        'Swoole\Coroutine::create, of one more than can have guard pages',
        fn () => Coroutine::create(fn () => 0),
        // It keeps its guard page, or has a mark that guards as well.
        ['madvise' => $same] + (version_compare(php_uname('r'), '6.13', '>=') ? ['mprotect' => $same] : []),
        function (object $c): void {
            Coroutine::set(['max_coroutine' => GUARDED + 10]);
            for ($count = 0; $count < GUARDED; $count++) {
                Coroutine::create(fn () => Coroutine::yield());
            }
        },
        again: false,
        apart: true,
    );
}
$operations[] = new Operation(
    'Swoole\Coroutine::set, the preemptive scheduler',
    fn () => Coroutine::set(['enable_preemptive_scheduler' => true]),
    // Nobody is made to give way then.
    [
        'sigaction' => Answer::notes('Coroutine: sigaction()'),
        // This one is not free: another one is.
        'sigaction#1' => $same,
        'timercreate' => Answer::notes('Coroutine: timer_create()'),
        'timersettime' => Answer::notes('Coroutine: timer_settime()'),
        // It was not blocked.
        'sigprocmask' => $same,
    ],
    again: false,
    apart: true,
);
foreach (['Swoole\Coroutine' => Coroutine::class, 'Swoole\Coroutine\System' => System::class] as $name => $class) {
    $operations[] = new Operation(
        "$name::sleep",
        fn () => inside(fn () => $class::sleep(SOON / 1000)),
        $loop,
    );
}
$operations[] = new Operation(
    'Swoole\Coroutine\System::waitPid, of one that has ended',
    fn (object $c) => inside(fn () => told_end(System::waitPid($c->p->pid))),
    ['waitid' => $silent, 'waitid:EINTR' => $same],
    fn (object $c) => $c->p = dead(),
    fn (object $c) => ends() === [],
);
$operations[] = new Operation(
    'Swoole\Coroutine\System::waitPid, of one that runs',
    fn (object $c) => meanwhile(fn () => told_end(System::waitPid($c->p->pid)), fn () => killed($c->p)),
    [
        ...array_diff_key($loop, ['epollcreate' => 0]),
        // Without its pidfd, and room for that, the kernel is asked in each turn.
        'pidfdopen' => $same,
        'epollcreate#1' => $same, 'epollcreate#all' => $loopThrows('epoll_create1()'),
        'epollctl' => $same,
        // What is asked while one waits is asked again; a child whose end nobody has got is there for others.
        'waitid' => $silent->leaving(false), 'waitid#2' => $same, 'waitid:EINTR' => $same,
    ],
    fn (object $c) => $c->p = sleeper(),
    fn (object $c) => ends() === [],
    again: false,
);
$operations[] = new Operation(
    'Swoole\Coroutine\System::wait, for one that has ended',
    fn () => inside(fn () => told_end(System::wait())),
    [...$held, 'waitid' => $silent, 'waitid:EINTR' => $same],
    fn (object $c) => $c->p = dead(),
    fn (object $c) => ends() === [],
);
$operations[] = new Operation(
    'Swoole\Coroutine\System::wait, for one that runs',
    fn (object $c) => meanwhile(fn () => told_end(System::wait()), fn () => killed($c->p)),
    [
        ...$loop,
        ...$held, 'sigaction#2' => $same,
        'waitid' => $silent->leaving(false), 'waitid#2' => $same, 'waitid:EINTR' => $same,
    ],
    fn (object $c) => $c->p = sleeper(),
    fn (object $c) => ends() === [],
    again: false,
);
$operations[] = new Operation(
    'Swoole\Coroutine\System::waitSignal',
    fn () => meanwhile(fn () => System::waitSignal(SIGUSR2), fn () => posix_kill(getmypid(), SIGUSR2)),
    [
        'sigaction#1' => Answer::warns('sigaction()'),
        'sigaction#1:EINVAL' => Answer::says('Invalid signal in the given list'),
        'sigaction' => $same,
        ...$loop,
    ],
    fn () => pcntl_signal(SIGUSR2, SIG_IGN),
    again: false,
);
$operations[] = new Operation(
    'Swoole\Coroutine\System::waitEvent',
    fn (object $c) => inside(fn () => System::waitEvent($c->a, SWOOLE_EVENT_READ)),
    [
        // Known by its number already: a copy is watched. What cannot be watched is a file, and always ready.
        'epollctl#1' => $silent, 'epollctl#1:EEXIST' => $same, 'epollctl#all:EEXIST' => $silent,
        'epollctl#1:EPERM' => $same,
        'epollctl' => $same,
        'poll' => $silent, 'poll:EINTR' => $same,
        'fstat#1' => $silent,
        'fstat' => $same,
        ...$loop,
        'epollcreate' => $silent,
    ],
    function (object $c): void {
        pair($c);
        fwrite($c->b, 'x');
    },
);
$operations[] = new Operation(
    'Swoole\Coroutine\System::waitEvent, without waiting',
    fn (object $c) => inside(fn () => System::waitEvent($c->a, SWOOLE_EVENT_WRITE, 0)),
    ['poll' => $silent, 'poll:EINTR' => $same],
    pair(...),
);

return $operations;
