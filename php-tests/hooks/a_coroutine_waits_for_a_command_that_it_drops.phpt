--TEST--
proc_open(): a coroutine that drops a process waits for its exit while others run; where it cannot wait, the process goes on
--FILE--
<?php
use Swoole\{Coroutine, Process, Runtime};
use function Swoole\Coroutine\{go, run};

class Owner
{
    public ?Owner $owner = null;

    public function __construct(public mixed $process) {}
}

/** Whether the call waits until the command of $open is told to end. */
function waits(callable $call): bool
{
    [$end, $input] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $open = fn() => proc_open(['head', '-n', '1'], [$input, ['file', '/dev/null', 'w']], $pipes);
    $waited = null;
    run(function () use ($call, $open, $end, &$waited) {
        $told = false;
        go(function () use ($call, $open, &$waited, &$told) {
            $call($open);
            $waited = $told;
        });
        Coroutine::sleep(0.001);
        $told = true;
        fwrite($end, "\n");
    });
    return $waited;
}

foreach ([
    'dropped at once' => fn($open) => $open() && true,
    'unset' => function ($open) { $process = $open(); unset($process); },
    'assigned' => function ($open) { $process = $open(); $process = null; },
    'a function returns' => function ($open) { (function () use ($open) { $process = $open(); })(); },
    'an object is freed' => function ($open) { $owner = new Owner($open()); $owner = null; },
    'an array is freed' => function ($open) { $all = [$open()]; $all = []; },
    'proc_close()' => fn($open) => proc_close($open()),
    'without the flag' => function ($open) { Runtime::enableCoroutine(SWOOLE_HOOK_ALL ^ SWOOLE_HOOK_PROC); $open(); Runtime::enableCoroutine(); },
    'an exception is thrown' => function ($open) {
        try {
            (function () use ($open) { $process = $open(); throw new Exception(); })();
        } catch (Exception) {
        }
    },
    'a cycle is collected' => function ($open) {
        $owner = new Owner($open());
        $owner->owner = $owner;
        $owner = null;
        gc_collect_cycles();
    },
] as $name => $call) {
    echo $name, ': ', json_encode(waits($call)), "\n";
}

// Its pipes are closed first.
run(function () {
    $process = proc_open(['cat'], [['pipe', 'r']], $pipes);
    unset($process);
    echo 'pipe: ', get_debug_type($pipes[0]), "\n";
});

// A wait that is cancelled, without and with an exception.
run(function () {
    foreach ([false, true] as $throws) {
        $waiter = go(function () {
            $process = proc_open(['sleep', '100'], [], $pipes);
            $pid = proc_get_status($process)['pid'];
            try {
                unset($process);
                echo 'cancelled: ', json_encode(Coroutine::isCanceled());
            } catch (Coroutine\CanceledException) {
                echo 'cancelled with an exception';
            }
            echo ', killed ', json_encode(posix_kill($pid, SIGKILL)), "\n";
        });
        Coroutine::cancel($waiter, $throws);
    }
});

// After a cancelled proc_close(), dropping the process does not wait again.
run(function () {
    foreach ([false, true] as $throws) {
        $closer = go(function () {
            $process = proc_open(['sleep', '100'], [], $pipes);
            $pid = proc_get_status($process)['pid'];
            try {
                echo 'closed: ' . proc_close($process);
            } catch (Coroutine\CanceledException) {
                echo 'closed with an exception';
            }
            unset($process);
            echo ', killed ', json_encode(posix_kill($pid, SIGKILL)), "\n";
        });
        Coroutine::cancel($closer, $throws);
    }
});

// Outside of coroutines, and in a child that has got it from its parent.
$process = null;
run(function () use (&$process) {
    $process = proc_open(['sleep', '100'], [], $pipes);
});
$child = new Process(function () use (&$process) {
    $process = null;
    echo "the child has dropped it\n";
}, false, 0, true);
$pid = $child->start();
while (Process::wait()['pid'] !== $pid);
$pid = proc_get_status($process)['pid'];
$process = null;
echo 'outside: killed ', json_encode(posix_kill($pid, SIGKILL)), "\n";

// A process that has ended, and one whose status another call has got.
run(function () {
    $process = proc_open(['true'], [], $pipes);
    while (proc_get_status($process)['running']) {
        usleep(1000);
    }
    unset($process);
    $process = proc_open(['true'], [], $pipes);
    Coroutine\System::waitPid(proc_get_status($process)['pid']);
    unset($process);
    echo "ended\n";
});
echo json_encode(array_filter(get_resources(), fn($one) => str_contains(get_resource_type($one), 'process'))), "\n";
?>
--EXTENSIONS--
posix
--EXPECT--
dropped at once: true
unset: true
assigned: true
a function returns: true
an object is freed: true
an array is freed: true
proc_close(): true
without the flag: false
an exception is thrown: false
a cycle is collected: false
pipe: resource (closed)
cancelled: true, killed true
cancelled with an exception, killed true
closed: -1, killed true
closed with an exception, killed true
the child has dropped it
outside: killed true
ended
[]
