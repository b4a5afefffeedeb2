<?php
// What the tables have in common: the situations in which an operation is asked for, and the answers that several have.

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

/** Just made. */
$fresh = fn (object $c) => $c->p = new Process(fn () => 0);
/** Tells a child that waits for it to go. */
$go = fn (object $c) => [$c->p->write('go'), ends()];
$same = Answer::same();
$gone = fn (object $c) => ends();
/** Both pipe types, by name. */
$types = ['stream' => SOCK_STREAM, 'message' => SOCK_DGRAM];
$pairs = ['socketpair' => Answer::throws('socketpair()'), 'setsockopt' => Answer::throws('setsockopt()')];
$forks = ['sigprocmask' => Answer::warns('fork()'), 'fork' => Answer::warns('fork()')];
$receives = [
    'recv' => Answer::warns('read()'),
    'recv:EAGAIN' => $same, 'recv:EINTR' => $same, 'recv:ECONNRESET' => $same,
];
/** It is sent when the loop runs; what is no socket, as to a file. */
$sendsLater = [
    'send:EAGAIN' => $same, 'send:EINTR' => $same, 'send:ENOBUFS' => $same,
    'send:ENOTSOCK' => $same,
];
/** What any blocking call does before it waits for the other process; it copes without each of these. */
$lingers = ['pidfdopen' => $same, 'pidfdopen:ESRCH' => $same, 'waitid' => $same];
/** A call that waits for the other process. */
$waits = fn (string $call): array => [
    'sigprocmask' => Answer::warns($call),
    'poll' => Answer::warns($call), 'poll:EINTR' => $same,
    ...$lingers,
];
$loopAtOnce = ['epollcreate' => Answer::throws('epoll_create1()')];
// For the first stack of a coroutine. It may have huge pages, and guard pages up to the usual number of mappings.
$firstStack = ['uname', 'open', ...(version_compare(php_uname('r'), '6.7', '<') ? ['madvise'] : [])];
/** The same where it has to wait. */
$loop = [
    ...$loopAtOnce,
    'sigprocmask' => Answer::throws('sigprocmask()'),
    'epollwait' => Answer::throws('epoll_wait()'),
    'epollwait:EINTR' => $same,
];
