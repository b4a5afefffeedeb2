<?php
// The part of the table that is about pools and managers. A pool of these ends by itself: its worker asks for that.

namespace Faults;

use Swoole\Event;
use Swoole\Process\Manager;
use Swoole\Process\Pool;
use Swoole\Timer;

/** As a pool: false when the manager has given up, of which there is a line in the log as well. */
function managed(Manager $manager): ?bool
{
    try {
        return $manager->start();
    } catch (\Swoole\Exception $e) {
        return str_contains($e->getMessage(), 'has given up') ? false : throw $e;
    }
}

/** A pool with one worker, which asks the master to stop. */
function pool(int $type, bool $coroutine = false, array $settings = []): Pool
{
    $pool = new Pool(1, $type, 0, $coroutine);
    // It gives up when it fails again and again.
    $pool->set(['restart_delay' => 0.001, 'restart_max_delay' => 0.002, 'max_restarts' => 3, 'max_wait_time' => 0.3] + $settings);
    $pool->on('WorkerStart', function (Pool $pool) use ($type, $coroutine): void {
        if ($type !== SWOOLE_IPC_UNIXSOCK) {
            stopped($pool);
        } elseif (@!$pool->sendMessage(str_repeat('x', 100000), 0)) {
            exit(1);
        }
    });
    if ($type !== SWOOLE_IPC_NONE) {
        $pool->on('Message', fn (Pool $pool) => stopped($pool));
    }
    return $pool;
}

/**
 * A client in a process of its own, which asks when it is told to, again if it gets no answer, and then stops the pool.
 * The signal may come when there is no pool any more.
 */
function client(object $c, string $address): void
{
    pcntl_signal(SIGTERM, SIG_IGN);
    [$c->go, $told] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    if (pcntl_fork() !== 0) {
        return;
    }
    $c->go = null;
    for ($tries = fgets($told) ? 3 : 0, $answer = ''; $tries > 0 && $answer === ''; $tries--) {
        $connection = @stream_socket_client($address);
        if ($connection) {
            @fwrite($connection, pack('N', 1) . '?');
            $answer = @stream_get_contents($connection);
        }
    }
    posix_kill(posix_getppid(), SIGTERM);
    posix_kill(getmypid(), SIGKILL);
}

/** The worker asks, or fails. */
function stopped(Pool $pool): void
{
    @$pool->shutdown() || exit(1);
}

$same = Answer::same();
$operations = [];
$operations[] = new Operation('Swoole\Process\Pool::__construct', fn () => get_class(new Pool(2, SWOOLE_IPC_MSGQUEUE)));
$operations[] = new Operation('Swoole\Process\Pool::__destruct', fn () => (new Pool(1))->__destruct());
$operations[] = new Operation('Swoole\Process\Pool::set', fn () => (new Pool(1))->set(['max_requests' => 5]));
$operations[] = new Operation('Swoole\Process\Pool::on', fn () => (new Pool(1))->on('Start', fn () => 0));
$operations[] = new Operation('Swoole\Process\Pool::stats', fn () => (new Pool(1))->stats());
$operations[] = new Operation('Swoole\Process\Pool::getProcess', fn () => (new Pool(1))->getProcess(0));
$operations[] = new Operation('Swoole\Process\Pool::write', fn () => (new Pool(1, SWOOLE_IPC_SOCKET))->write('x'));
$operations[] = new Operation(
    'Swoole\Process\Pool::listen',
    fn (object $c) => $c->pool->listen("unix:$c->path"),
    [
        'socket' => Answer::warns('listen({place}): socket()'),
        'bind' => Answer::warns('listen({place}): bind()'),
        'listen' => Answer::warns('listen({place}): listen()'),
        // The lock keeps others away who find the path stale at the same moment.
        'open' => $same, 'flock' => $same,
        // First it asks what is there; what it has bound is there.
        'stat#1' => Answer::warns('listen({place}): stat()'), 'stat#1:ENOENT' => $same,
        'stat#all' => Answer::warns('listen({place}): stat()'), 'stat#all:ENOENT' => Answer::untrue(),
        'stat' => Answer::untrue(),
    ],
    function (object $c): void {
        $c->path = tempnam(sys_get_temp_dir(), 'faults');
        unlink($c->path);
        $c->names = ['{place}' => "unix:$c->path:0"];
        $c->pool = new Pool(1, SWOOLE_IPC_SOCKET);
    },
    function (object $c): bool {
        unset($c->pool);
        return file_exists($c->path);
    },
    again: false,
);
$operations[] = new Operation('Swoole\Process\Pool::detach', fn () => (new Pool(1))->detach());
$operations[] = new Operation('Swoole\Process\Pool::stop', fn () => (new Pool(1))->stop());
$operations[] = new Operation('Swoole\Process\Pool::resize', fn () => (new Pool(1))->resize(2));
$operations[] = new Operation('Swoole\Process\Pool::restart', fn () => (new Pool(1))->restart(0));
$operations[] = new Operation(
    'Swoole\Process\Pool::renewTemplate',
    function (): void {
        try {
            (new Pool(1))->renewTemplate();
        } catch (\Swoole\Exception) {
        }
    },
);
$operations[] = new Operation(
    'Swoole\Process\Pool::shutdown',
    fn () => (new Pool(1))->shutdown(),
    again: false,
);
$endures = Answer::endures();
$untrue = Answer::untrue();
$answers = [
    'mmap' => Answer::warns('mmap()'),
    'sigaction' => $endures,
    ...array_fill_keys(['sigaction#1', 'sigaction#2', 'sigaction#3', 'sigaction#all'], Answer::warns('sigaction()')),
    'fork' => $endures, 'sigprocmask' => $endures, 'poll' => $endures, 'waitpid' => $endures, 'waitpid:ECHILD' => $untrue,
    // The child of this process is there until it is reaped, and belongs to the same user.
    'kill' => $untrue,
    // Without it members tell the master by its number.
    'pidfdopen' => $endures,
    // Whether a worker is a child still, before it is sent a signal. It is.
    'waitid' => $endures, 'waitid:ECHILD' => $untrue,
    ...array_fill_keys(
        ['malloc@child', 'prctl@child', 'sigaction@child', 'timercreate@child', 'kill@child', 'pidfdsendsignal@child'],
        $endures,
    ),
];
// The process that removes what is left behind: a pool does without.
$cleaner = array_fill_keys(
    ['clone', 'fcntl', 'open', 'pipe', 'setpgid', 'closerange@child', 'dup@child', 'setpgid@child', 'read@child', 'open@child', 'close@child',
        'msgctl@child', 'stat@child', 'unlink@child', 'write@child', 'poll@child', 'prctl@child', 'sigaction@child', 'sigprocmask@child', 'fcntl@child'],
    $endures,
);
$pairs = [
    'socketpair' => Answer::warns('socketpair()'), 'setsockopt' => Answer::warns('setsockopt()'),
    'recv' => $endures, 'recv@child' => $endures, 'send@child' => $endures, 'setsockopt@child' => $endures,
    'sigprocmask@child' => $endures, 'poll@child' => $endures,
];
$bus = array_fill_keys(['fstat@child', 'memfdcreate@child', 'pread@child', 'write@child'], $endures);
$queue = [
    ...$cleaner, 'msgget' => Answer::warns('msgget()'), 'msgctl' => $untrue, 'msgrcv@child' => $endures,
    // A queue that cannot be registered is not.
    ...array_fill_keys($registry = ['mkdir', 'fstat', 'flock', 'utimensat', 'stat', 'unlink'], $endures),
];
$loop = array_fill_keys(
    array_map(fn (string $call): string => "$call@child", ['epollcreate', 'epollctl', 'epollwait', 'fcntl', 'fstat', 'ioctl', 'sigprocmask', ...$firstStack]),
    $endures,
);
$starts = [
    'without messages' => [[SWOOLE_IPC_NONE, false, []], []],
    'by sockets' => [[SWOOLE_IPC_UNIXSOCK, false, []], $pairs],
    'by sockets, with messages that are kept' => [
        [SWOOLE_IPC_UNIXSOCK, false, ['keep_message' => '128K', 'max_retries' => 1]], $pairs,
    ],
    'by the bus' => [[SWOOLE_IPC_UNIXSOCK, false, ['enable_message_bus' => true]], [...$pairs, ...$bus]],
    'by a queue' => [[SWOOLE_IPC_MSGQUEUE, false, []], $queue],
    'by a queue, with messages that are kept' => [
        [SWOOLE_IPC_MSGQUEUE, false, ['keep_message' => '128K', 'max_retries' => 1]], $queue,
    ],
    'in coroutines' => [[SWOOLE_IPC_UNIXSOCK, true, []], [...$pairs, ...$loop]],
];
foreach ($starts as $title => [$how, $more]) {
    $operations[] = new Operation(
        "Swoole\\Process\\Pool::start, $title",
        fn () => pool(...$how)->start(),
        [...$answers, ...$more],
        again: false,
    );
}
$operations[] = new Operation(
    'Swoole\Process\Pool::start, from a template',
    fn (object $c) => $c->pool->start(),
    [
        ...$answers,
        ...array_fill_keys(
            ['prctl', 'socketpair', 'setsockopt', 'send', 'recv', 'clone@child', 'waitid@child', 'pidfdopen@child', 'send@child',
                'recv@child', 'sigprocmask@child'],
            $endures,
        ),
        // All workers of a template meet it, and are tried again for ever (tests/templates.rs: once).
        'fork@child' => $untrue,
    ],
    function (object $c): void {
        $c->pool = pool(SWOOLE_IPC_NONE);
        $c->pool->on('TemplateStart', fn () => 0);
        // One that cannot boot never will.
        $c->pool->on('TemplateError', fn (Pool $pool) => stopped($pool));
    },
    again: false,
);
foreach (['by sockets' => false, 'by the bus' => true] as $title => $bus_is_on) {
    // A handle comes once: the worker that has met the fault asks for the end as well.
    $operations[] = new Operation(
        "Swoole\\Process\\Pool::start, $title, with receiveHandle()",
        fn (object $c) => $c->pool->start(),
        [
            ...$answers, ...$pairs, ...$bus,
            ...array_fill_keys(['memfdcreate', 'write', 'send', 'malloc@child', 'getsockopt@child', 'fcntl@child'], $endures),
        ],
        function (object $c) use ($bus_is_on): void {
            $c->pool = pool(SWOOLE_IPC_UNIXSOCK, false, ['enable_message_bus' => $bus_is_on]);
            $c->pool->on('WorkerStart', fn () => 0);
            $c->pool->on('WorkerError', fn (Pool $pool) => $pool->shutdown());
            $c->pool->on('Start', fn (Pool $pool) => @$pool->getProcess(0)->sendHandle(STDIN, 'data') || $pool->shutdown());
            $c->pool->on('Message', function (Pool $pool, string $text): void {
                @$pool->getProcess()->receiveHandle(0.001, $data);
                stopped($pool);
            });
        },
        again: false,
    );
}
$operations[] = new Operation(
    'Swoole\Process\Pool::sendMessage, by the bus',
    function (object $c): bool {
        $c->pool->on('Start', function (Pool $pool) use ($c): void {
            $c->sent = $pool->sendMessage(str_repeat('x', 100000), 0);
        });
        $c->pool->start();
        return $c->sent;
    },
    [
        ...$answers, ...$pairs, ...$bus,
        // Without a pool it is not even asked.
        ...array_fill_keys(['mmap', 'socketpair', 'setsockopt', 'sigaction#1', 'sigaction#2', 'sigaction#3', 'sigaction#all'], $untrue),
        ...array_fill_keys(['memfdcreate', 'write', 'send'], Answer::warns('sendmsg()')),
        'write:EINTR' => $same, 'send:EINTR' => $same,
        // A pipe takes the place of a file that may not get so large.
        'write#1:EFBIG' => $same,
        'write#all:EFBIG' => Answer::says('the message of 100000 bytes is larger than RLIMIT_FSIZE allows, and than fs.pipe-max-size')->coded(27),
        'send:EMSGSIZE' => Answer::says('the message of 100000 bytes is larger than a socket takes; see enable_message_bus'),
        // Later ones are the master's own.
        'poll#1' => Answer::warns('sendmsg()'), 'poll#1:EINTR' => $same, 'poll#all' => $untrue,
    ],
    function (object $c): void {
        $c->pool = pool(SWOOLE_IPC_UNIXSOCK, false, ['enable_message_bus' => true]);
    },
    again: false,
);
$operations[] = new Operation(
    'Swoole\Process\Pool::start, with a client',
    fn (object $c) => $c->pool->start(),
    [
        ...$answers, ...$cleaner,
        ...array_fill_keys(
            ['accept@child', 'epollcreate@child', 'epollctl@child', 'epollwait@child', 'poll@child', 'recv@child',
                'send@child', 'sigprocmask@child', 'stat@child', 'unlink@child', 'fcntl@child'],
            $endures,
        ),
    ],
    function (object $c): void {
        $path = sys_get_temp_dir() . '/faults-' . getmypid() . '.sock';
        client($c, "unix://$path");
        $c->pool = pool(SWOOLE_IPC_SOCKET);
        $c->pool->listen("unix:$path");
        $c->pool->on('WorkerStart', fn () => 0);
        $c->pool->on('Start', fn () => fwrite($c->go, "go\n"));
        $c->pool->on('Message', fn (Pool $pool) => $pool->write('answer'));
    },
    function (object $c): void {
        unset($c->pool, $c->go);
        while (pcntl_wait($status) > 0);
        pcntl_signal(SIGTERM, SIG_DFL);
    },
    again: false,
);
$operations[] = new Operation(
    'Swoole\Process\Pool::start, stopped while messages wait for a worker without a process',
    fn (object $c) => $c->pool->start(),
    [
        ...$answers, ...$pairs,
        // The second: the process that is to be told of the stop is this one.
        'send' => $endures, 'pidfdsendsignal' => $untrue,
    ],
    function (object $c): void {
        // It tells of the failure with numbers that differ.
        swoole_async_set(['log_level' => SWOOLE_LOG_NONE]);
        $c->pool = pool(SWOOLE_IPC_UNIXSOCK, false, ['restart_delay' => 0.02, 'restart_max_delay' => 0.1, 'max_restarts' => 0]);
        $c->pool->on('WorkerStart', fn () => 0);
        $c->pool->on('Start', fn (Pool $pool) => @$pool->sendMessage('fail', 0) && @$pool->sendMessage('rest', 0) || $pool->shutdown());
        $c->pool->on('Message', fn (Pool $pool, string $text) => $text === 'fail' && exit(1));
        $c->pool->on('WorkerError', fn (Pool $pool) => $pool->shutdown());
    },
    again: false,
);
// A timer of the master, and then one of the worker, which a descriptor follows.
foreach (['by sockets' => SWOOLE_IPC_UNIXSOCK, 'by a queue' => SWOOLE_IPC_MSGQUEUE] as $title => $type) {
    $operations[] = new Operation(
        "Swoole\\Process\\Pool::start, $title, with timers and a descriptor in the loop",
        fn (object $c) => $c->pool->start(),
        [
            ...$answers, ...$loop, 'poll@child' => $endures,
            // The registry is met above.
            ...($type === SWOOLE_IPC_UNIXSOCK ? $pairs : [...$queue, ...array_fill_keys($registry, $untrue)]),
        ],
        function (object $c) use ($type): void {
            $c->pool = pool($type);
            $c->pool->on('Start', fn () => Timer::after(1, fn () => 0));
            $c->pool->on('WorkerStart', function (Pool $pool): void {
                [$ours, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
                @Event::add($ours, fn () => Event::del($ours) && stopped($pool)) || exit(1);
                Timer::after(1, fn () => fwrite($theirs, 'x'));
            });
        },
        again: false,
    );
}
foreach (['__construct', 'getIPCType', 'getMsgQueueKey'] as $method) {
    $operations[] = new Operation("Swoole\\Process\\Manager::$method", fn () => $method === '__construct' ? 0 : (new Manager())->$method());
}
foreach (['setIPCType', 'setMsgQueueKey'] as $method) {
    $operations[] = new Operation("Swoole\\Process\\Manager::$method", fn () => get_class((new Manager())->$method(1)));
}
$operations[] = new Operation('Swoole\Process\Manager::set', fn () => get_class((new Manager())->set([])));
$operations[] = new Operation('Swoole\Process\Manager::add', fn () => get_class((new Manager())->add(fn () => 0)));
$operations[] = new Operation('Swoole\Process\Manager::addBatch', fn () => get_class((new Manager())->addBatch(2, fn () => 0)));
$operations[] = new Operation('Swoole\Process\Manager::addWorker', fn () => get_class((new Manager())->addWorker(fn () => 0)));
$operations[] = new Operation('Swoole\Process\Manager::on', fn () => get_class((new Manager())->on('Start', fn () => 0)));
$operations[] = new Operation('Swoole\Process\Manager::stats', fn () => (new Manager())->stats()['state']);
$operations[] = new Operation(
    'Swoole\Process\Manager::start',
    fn () => managed(
        (new Manager())->add(fn (Pool $pool) => stopped($pool))
            ->set(['restart_delay' => 0.001, 'restart_max_delay' => 0.002, 'max_restarts' => 3, 'max_wait_time' => 0.3]),
    ) ?? 'null',
    [
        ...$answers,
        // It gives nothing.
        'mmap' => Answer::gives('null')->warning('Swoole\Process\Manager::start(): mmap() failed, Error: {error}'),
        ...array_fill_keys(
            ['sigaction#1', 'sigaction#2', 'sigaction#3'],
            Answer::gives('null')->warning('Swoole\Process\Manager::start(): sigaction() failed, Error: {error}'),
        ),
        'sigaction#all' => $untrue,
    ],
    again: false,
);
return $operations;
