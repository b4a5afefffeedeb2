--TEST--
a SIGCHLD handler that reaps in a loop, while the program waits in read() and in wait()
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
pcntl_async_signals(true);
$reaped = [];
pcntl_signal(SIGCHLD, function () use (&$reaped) {
    while (($end = Process::wait(false)) !== false) {
        $reaped[] = ending($end);
    }
});
$main = getmypid();
$p = new Process(function (Process $p) {
    $p->write('last words');
    $p->read();
    exit(20);
});
foreach ([21, 22, 23] as $status) {
    (new Process(function () use ($main, $status) {
        until_asleep($main);
        exit($status);
    }, false, 0))->start();
}
$p->start();
echo $p->read(), "\n";
// Three children end while this waits; then one more answers.
$q = new Process(function (Process $q) use (&$reaped, $main) {
    $q->read();
    $q->write('answer');
    exit(24);
});
$q->start();
$p->write('end');
echo json_encode($p->read()), "\n";
$q->write('question');
echo $q->read(), ', ', json_encode($q->read()), "\n";
while (count($reaped) < 5) {
    usleep(1000);
}
sort($reaped);
echo implode(', ', $reaped), "\n";
?>
--EXPECT--
last words
""
answer, ""
code 20, code 21, code 22, code 23, code 24
