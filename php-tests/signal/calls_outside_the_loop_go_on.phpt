--TEST--
wait(), read() and pop() outside of the loop go on when a handled signal comes; the handler runs in the loop
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\{Event, Process};
require __DIR__ . '/../support.inc';
// Without the notice that the loop does not run.
swoole_async_set(['log_level' => SWOOLE_LOG_WARNING]);
$main = getmypid();
foreach ([SIGUSR1, SIGTERM, SIGCHLD, SIGWINCH] as $signal) {
    $calls = 0;
    Process::signal($signal, function () use (&$calls) {
        $calls++;
    });
    $bother = function () use ($main, $signal) {
        for ($i = 0; $i < 3; $i++) {
            until_asleep($main);
            posix_kill($main, $signal);
            usleep(2000);
        }
    };
    $results = [];
    foreach (TYPES as $name => $type) {
        $p = new Process(function (Process $p) use ($bother) {
            $bother();
            $p->write('data');
        }, false, $type);
        $p->start();
        $results[$name] = $p->read();
        Process::wait();
    }
    $p = new Process(fn () => $bother() ?? exit(9), false, 0);
    $p->start();
    $results['wait'] = ending(Process::wait());
    $p = new Process(fn (Process $p) => $bother() ?? $p->push('message'), false, 0);
    $p->useQueue(0x5e7000 + getmypid());
    $p->start();
    $results['pop'] = $p->pop();
    Process::wait();
    $p->freeQueue();
    echo "signal $signal: ", json_encode($results), ", $calls calls, ";
    Event::defer(fn () => null);
    Event::wait();
    echo "then $calls\n";
    Process::signal($signal, null);
}
?>
--EXPECT--
signal 10: {"stream":"data","message":"data","wait":"code 9","pop":"message"}, 0 calls, then 1
signal 15: {"stream":"data","message":"data","wait":"code 9","pop":"message"}, 0 calls, then 1
signal 17: {"stream":"data","message":"data","wait":"code 9","pop":"message"}, 0 calls, then 1
signal 28: {"stream":"data","message":"data","wait":"code 9","pop":"message"}, 0 calls, then 1
