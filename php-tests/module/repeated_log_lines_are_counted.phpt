--TEST--
of log lines that differ in numbers only twenty are written within ten seconds, and the end tells how many more there were
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
$log = tempnam(sys_get_temp_dir(), 'log');
$process = new Process(function () use ($log) {
    swoole_async_set(['log_file' => $log]);
    $process = new Process(fn () => 1, false, 0);
    $process->useQueue(getmypid(), Process::IPC_NOWAIT);
    $queue = new Process(fn () => 1, false, 0);
    $queue->useQueue(getmypid(), Process::IPC_NOWAIT);
    $queue->freeQueue();
    for ($i = 1; $i <= 100; $i++) {
        $process->push(str_repeat('x', $i));
    }
    // That is for its own lines.
    if (pcntl_fork() === 0) {
        $process->push('x');
        exit;
    }
    pcntl_wait($status);
}, false, 0);
$process->start();
Process::wait();
$lines = preg_replace('/^\[.*?\]\t/', '', file($log, FILE_IGNORE_NEW_LINES));
unlink($log);
echo count($lines), "\n", implode("\n", [$lines[0], $lines[19], $lines[20], $lines[21]]), "\n";
?>
--EXPECTF--
22
WARNING	Process::push(): msgsnd() of 1 bytes failed, Error: %s
WARNING	Process::push(): msgsnd() of 20 bytes failed, Error: %s
WARNING	Process::push(): msgsnd() of 1 bytes failed, Error: %s
WARNING	80 more lines like this within 10 s: Process::push(): msgsnd() of 100 bytes failed, Error: %s
