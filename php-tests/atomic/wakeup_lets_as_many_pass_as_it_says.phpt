--TEST--
Atomic::wait: one waiter passes for each wakeup, several for a wakeup of several; a signal handler of the script runs meanwhile
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\{Atomic, Process};

/** Waits until a process sleeps in the kernel's futex call. */
function asleep(int $pid): void
{
    do {
        usleep(1000);
        $call = explode(' ', (string) @file_get_contents("/proc/$pid/syscall"))[0];
    } while ($call !== '202' && $call !== '98');
}

$a = new Atomic();
$passed = new Atomic();
$pids = [];
for ($i = 0; $i < 3; $i++) {
    $p = new Process(function () use ($a, $passed) {
        if ($a->wait(-1)) {
            $passed->add();
        }
    }, false, 0);
    $pids[] = $p->start();
}
array_map(asleep(...), $pids);
$a->wakeup();
Process::wait();
var_dump($passed->get(), $a->get());
$a->wakeup(5);
Process::wait();
Process::wait();
var_dump($passed->get(), $a->get());

// Numbers at which nobody can wait.
$a->set(2);
var_dump($a->wait(5), swoole_errno() === PCNTL_EAGAIN, $a->get());
$a->set(0);
var_dump($a->wait(0.001), swoole_errno() === 110, $a->wait(1e-9));

// A handler runs although the wait has no limit, and may wake the one that waits.
$p = new Process(function () use ($a) {
    pcntl_async_signals(true);
    pcntl_signal(SIGUSR1, function () use ($a) {
        echo "handler\n";
        $a->wakeup();
    });
    $a->add(5);
    $a->set(0);
    var_dump($a->wait(-1));
}, false, 0);
$pid = $p->start();
asleep($pid);
posix_kill($pid, SIGUSR1);
Process::wait();

// One that throws ends the wait.
pcntl_async_signals(true);
pcntl_signal(SIGALRM, function () {
    // It repeats: on a slow machine it comes again before it is off.
    Process::alarm(-1);
    pcntl_signal(SIGALRM, SIG_IGN);
    throw new Exception('enough');
});
Process::alarm(10000);
try {
    $a->wait(-1);
} catch (Exception $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECT--
int(1)
int(0)
int(3)
int(0)
bool(false)
bool(true)
int(2)
bool(false)
bool(true)
bool(false)
handler
bool(true)
enough
