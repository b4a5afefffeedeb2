<?php
// The part of the table that is about what processes share: Atomic, Lock, Channel, Table.

namespace Faults;

use Swoole\Atomic;
use Swoole\Coroutine\Lock as CoroutineLock;
use Swoole\Lock;
use Swoole\Process;
use Swoole\Process\Channel;
use Swoole\Table;

/** So many numbers take one mapping, wherever the last one ended. */
const A_MAPPING = 63;

/** A lock that another process holds until it is told to go. */
function held(object $c, int $kind, int $operation): void
{
    $c->lock = new Lock($kind);
    $c->holder = new Process(function (Process $p) use ($c, $operation) {
        $c->lock->lock($operation);
        $p->write('held');
        $p->read();
        $c->lock->unlock();
    });
    $c->holder->start();
    $c->holder->read();
}

/** The lock is as it was, and free in the end. */
function released(object $c): array
{
    $busy = $c->lock->lock(LOCK_EX | LOCK_NB);
    $c->holder->write('go');
    Process::wait();
    return [$busy, $c->lock->lock(), $c->lock->errCode, $c->lock->unlock()];
}

/** A table that is not created yet. */
function declared(object $c, int $size): void
{
    $c->table = new Table($size);
    $c->table->column('number', Table::TYPE_INT);
    $c->table->column('text', Table::TYPE_STRING, 100);
}

$same = Answer::same();
$untrue = Answer::untrue();
$operations = [];

foreach ([Atomic::class => Atomic::class, Atomic\Long::class => Atomic\Long::class, Lock::class => Lock::class] as $class) {
    $operations[] = new Operation(
        "$class::__construct, many",
        function (object $c) use ($class) {
            $c->all = array_map(fn () => new $class(), range(1, A_MAPPING));
            return count($c->all);
        },
        ['mmap' => Answer::throws('mmap()')],
    );
}
$operations[] = new Operation(
    'Swoole\Coroutine\Lock::__construct, many that are shared',
    fn () => count(array_map(fn () => new CoroutineLock(true), range(1, A_MAPPING))),
    ['mmap' => Answer::throws('mmap()')],
);
$operations[] = new Operation(
    'Swoole\Atomic::wait, nobody wakes it',
    fn (object $c) => $c->atomic->wait(0.001),
    [
        'futex' => Answer::warns('futex()'),
        // Another process, or a signal, was faster.
        'futex:EAGAIN' => $same, 'futex:EINTR' => $same, 'futex:ETIMEDOUT' => $same,
    ],
    fn (object $c) => $c->atomic = new Atomic(),
    fn (object $c) => $c->atomic->get(),
);
$operations[] = new Operation(
    'Swoole\Atomic::wakeup',
    fn (object $c) => $c->atomic->wakeup(),
    ['futex' => Answer::warns('futex()')],
    fn (object $c) => $c->atomic = new Atomic(),
    // The next wait does not wait, whether anybody could be woken or not.
    fn (object $c) => $c->atomic->wait(0.001),
);
foreach ([['a writer', LOCK_EX], ['a reader', LOCK_SH]] as [$who, $operation]) {
    $operations[] = new Operation(
        "Swoole\\Lock::lock, while $who holds it",
        fn (object $c) => [$c->lock->lock(LOCK_EX, 0.001), $c->lock->errCode][0],
        [
            'futex' => Answer::warns('futex()'),
            'futex:EAGAIN' => $same, 'futex:EINTR' => $same, 'futex:ETIMEDOUT' => $same,
            // Whoever may run, runs. A holder that is there is not said to be gone.
            'kill' => $same, 'kill:ESRCH' => $untrue, 'open' => $same,
        ],
        fn (object $c) => held($c, Lock::RWLOCK, $operation),
        released(...),
    );
}
$operations[] = new Operation(
    'Swoole\Lock::unlock, while another one waits',
    fn (object $c) => $c->lock->unlock(),
    // Whom nobody could wake looks by itself.
    ['futex' => $same],
    function (object $c): void {
        $c->lock = new Lock();
        $c->lock->lock();
        $c->waiter = new Process(function (Process $p) use ($c) {
            $p->write('waits');
            $p->write(json_encode([$c->lock->lock(), $c->lock->errCode, $c->lock->unlock()]));
        });
        $c->waiter->start();
        $c->waiter->read();
        while (!preg_match('/^(202|98) /', (string) @file_get_contents("/proc/{$c->waiter->pid}/syscall"))) {
            usleep(100);
        }
    },
    fn (object $c): array => [$c->waiter->read(), ends()],
);
/** The bytes of a table of so many rows. */
$bytes = function (int $rows): int {
    declared($c = (object) [], $rows);
    $c->table->create();
    return $c->table->getMemorySize();
};
$operations[] = new Operation(
    'Swoole\Table::create',
    fn (object $c) => $c->table->create(),
    ['mmap' => Answer::warns("cannot get {$bytes(64)} bytes of shared memory for the table: mmap()")],
    fn (object $c) => declared($c, 64),
    fn (object $c): array => [$c->table->set('k', []), $c->table->destroy()],
);
$operations[] = new Operation(
    'Swoole\Table::create, a large one',
    fn (object $c) => $c->table->create(),
    [
        'mmap' => Answer::warns("cannot get {$bytes(1 << 16)} bytes of shared memory for the table: mmap()"),
        // Without these it is not known how much memory there is.
        'open' => $same, 'getrlimit' => $same,
    ],
    fn (object $c) => declared($c, 1 << 16),
    fn (object $c): array => [$c->table->set('k', []), $c->table->destroy()],
);
$operations[] = new Operation(
    'Swoole\Process\Channel::__construct',
    fn (object $c) => ($c->channel = new Channel(4, 100))->capacity() === 4,
    [
        'mmap' => Answer::throws('cannot get 640 bytes of shared memory for the channel: mmap()'),
        'eventfd' => Answer::throws('eventfd()'),
    ],
);
$operations[] = new Operation(
    'Swoole\Process\Channel::push, in front of one that waits',
    fn (object $c) => $c->channel->push('text', 1),
    // One that is not woken looks by itself.
    ['futex' => $same],
    function (object $c): void {
        $c->channel = new Channel(4, 100);
        $c->waiter = new Process(fn () => exit($c->channel->pop(5) === 'text' ? 7 : 1));
        $c->waiter->start();
        while (!str_contains(file_get_contents("/proc/{$c->waiter->pid}/stat"), ') S ')) {
            usleep(1000);
        }
    },
    fn (object $c): array => ends(),
    again: false,
);
$operations[] = new Operation(
    'Swoole\Process\Channel::pop, of one that is empty',
    fn (object $c) => $c->channel->pop(0.001),
    ['futex' => Answer::warns('futex()'), 'futex:EAGAIN' => $same, 'futex:EINTR' => $same, 'futex:ETIMEDOUT' => $same],
    fn (object $c) => $c->channel = new Channel(4, 100),
    fn (object $c): array => [$c->channel->push('text'), $c->channel->pop()],
);
$operations[] = new Operation(
    'Swoole\Process\Channel::stream',
    function (object $c): int|false {
        $stream = $c->channel->stream();
        [$read, $none] = [[$stream], null];
        return $stream ? stream_select($read, $none, $none, 0) : false;
    },
    ['fcntl' => Answer::warns('fcntl()'), 'read' => Answer::warns('eventfd'), 'read:EAGAIN' => $same, 'read:EINTR' => $same,
        'write' => Answer::warns('eventfd'), 'write:EAGAIN' => $untrue, 'write:EINTR' => $same,
        'getsockopt' => Answer::warns('fcntl()'), 'getsockopt:ENOTSOCK' => $same],
    function (object $c): void {
        $c->channel = new Channel(4, 100);
        $c->channel->push('text');
    },
);

return $operations;
