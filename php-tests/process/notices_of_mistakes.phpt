--TEST--
mistakes that keep a script waiting are told in the log, once: a loop that does not run, a process that was not started, ...
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\{Event, Process};

$log = tempnam(sys_get_temp_dir(), 'log');
swoole_async_set(['log_file' => $log]);
/** What came to the log since the last time. */
function told(): string
{
    global $log;
    $lines = implode(preg_replace('/^.*\*\d+\.0\]\t/', '', file($log)));
    file_put_contents($log, '');
    return $lines === '' ? "nothing\n" : $lines;
}

echo "--- a process that was not started\n";
$process = new Process(fn () => sleep(100));
$process->setTimeout(0.001);
// With a limit it does not wait for ever.
var_dump($process->read());
echo told();
$stuck = new Process(function (): void {
    $process = new Process(fn () => null);
    $process->setBlocking(false);
    $process->read();
    $process->setBlocking(true);
    $process->read();
});
$stuck->start();
while (filesize($log) === 0) {
    usleep(1000);
    clearstatcache();
}
Process::kill($stuck->pid, SIGKILL);
Process::wait();
echo told();
$process->start();

echo "--- a queue after the start\n";
foreach ([$process, $process, new Process(fn () => null)] as $one) {
    var_dump($one->useQueue(0x7a000000 + getmypid() % 0xffffff, 1 | Process::IPC_NOWAIT));
    $one->freeQueue();
}
echo told();

echo "--- a number as a time limit\n";
var_dump(Process::wait(0.0), Process::wait(false), Process::wait(0));
Process::kill($process->pid, SIGKILL);
var_dump(Process::wait(0.5)['signal']);
echo told();

echo "--- a signal without a loop\n";
Process::signal(SIGUSR1, fn () => null);
Process::signal(SIGTERM, fn () => print("handled\n"));
usleep(1);
posix_kill(getmypid(), SIGUSR1);
usleep(1);
echo told();
posix_kill(getmypid(), SIGTERM);
usleep(1);
usleep(1);
Process::wait(false);
echo told();
Event::defer(fn () => null);
Event::wait();
posix_kill(getmypid(), SIGTERM);
// Within the loop it does not wait for long.
Event::defer(fn () => usleep(1));
Event::wait();
echo told();

echo "--- once in each process\n";
$child = new Process(function () {
    posix_kill(getmypid(), SIGTERM);
    usleep(1);
    Process::signal(SIGTERM, fn () => null);
    posix_kill(getmypid(), SIGTERM);
    usleep(1);
});
Process::signal(SIGTERM, null);
$child->start();
var_dump(Process::wait()['signal']);
echo told();
unlink($log);
?>
--EXPECT--
--- a process that was not started
bool(false)
nothing
NOTICE	Process::read(): the process was not started, so no process writes into its pipe: call start() first
--- a queue after the start
bool(true)
bool(true)
bool(true)
NOTICE	Process::useQueue(): the process has started already and does not have the queue: call useQueue() before start()
--- a number as a time limit
bool(false)
bool(false)
bool(false)
int(9)
NOTICE	Process::wait(): the argument is a bool, not a time limit, so the call waits without a limit: use join(), or Swoole\Coroutine\System::wait() in a coroutine
--- a signal without a loop
nothing
NOTICE	SIGTERM has arrived, but its handler of Process::signal() runs only in the event loop, which does not run: call Swoole\Event::wait(), or use pcntl_signal() with pcntl_async_signals()
handled
handled
nothing
--- once in each process
int(15)
nothing
