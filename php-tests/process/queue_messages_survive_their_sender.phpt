--TEST--
a queue message stays when its sender is killed at once, a waiting receiver gets it, and one of many receivers only
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$queue = new Process(fn () => 0, false, 0);
$queue->useQueue(getmypid());
$workers = [];
foreach (range(1, 4) as $n) {
    $workers[$n] = new Process(function (Process $p) use ($queue) {
        $got = $queue->pop();
        exit($got === 'end' ? 1 : strlen($got));
    }, false, 0);
    $workers[$n]->start();
    until_asleep($workers[$n]->pid);
}
$sender = new Process(function () use ($queue) {
    $queue->push('from the dead');
    posix_kill(getmypid(), SIGKILL);
}, false, 0);
$sender->start();
$ends = [ending(Process::wait()), ending(Process::wait())];
sort($ends);
echo implode(', ', $ends), "\n";
foreach (range(1, 3) as $n) {
    $queue->push('end');
}
echo ending(Process::wait()), ', ', ending(Process::wait()), ', ', ending(Process::wait()), "\n";
var_dump($queue->statQueue()['queue_num'], $queue->freeQueue());
?>
--EXPECT--
code 13, signal 9
code 1, code 1, code 1
int(0)
bool(true)
