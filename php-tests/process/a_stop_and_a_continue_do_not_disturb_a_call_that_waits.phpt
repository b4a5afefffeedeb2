--TEST--
SIGSTOP and SIGCONT while read(), write() and wait() wait: they go on as if nothing had been
--INI--
swoole.socket_buffer_size=8192
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
/** Starts one that stops this process while it waits, and lets it go on. */
function interrupt(): Process
{
    $main = getmypid();
    $p = new Process(function () use ($main) {
        for ($n = 0; $n < 3; $n++) {
            until_asleep($main);
            posix_kill($main, SIGSTOP);
            while (state($main) !== 'T') {
                usleep(1000);
            }
            posix_kill($main, SIGCONT);
        }
        until_asleep($main);
    }, false, 0);
    $p->start();
    return $p;
}
foreach (TYPES as $name => $type) {
    $p = new Process(function (Process $p) {
        $p->read(8);
        $p->write('answer');
        for ($bytes = 0; $bytes < 100000; $bytes += strlen($p->read(1000)));
        $p->write("got $bytes bytes");
    }, false, $type);
    $p->start();
    $stopper = interrupt();
    // The one that stops us tells the child when it is done.
    $teller = new Process(function () use ($stopper, $p) {
        until_ended($stopper->pid);
        $p->write('go on   ');
    }, false, 0);
    $teller->start();
    echo "$name: ", json_encode($p->read()), ', ';
    echo ending(Process::wait()), ', ', ending(Process::wait()), ', ';

    Process::kill($p->pid, SIGSTOP);
    $stopper = interrupt();
    $teller = new Process(function () use ($stopper, $p) {
        until_ended($stopper->pid);
        posix_kill($p->pid, SIGCONT);
    }, false, 0);
    $teller->start();
    for ($sent = 0; $sent < 100000; $sent += $n) {
        $n = $p->write(str_repeat('x', $type === SOCK_STREAM ? 100000 - $sent : 1000));
    }
    echo "$sent sent, ", $p->read(), ', ';
    echo ending(Process::wait()), ', ', ending(Process::wait()), ', ', ending(Process::wait()), "\n";
}
$stopper = interrupt();
echo ending(Process::wait()), "\n";
?>
--EXPECT--
stream: "answer", code 0, code 0, 100000 sent, got 100000 bytes, code 0, code 0, code 0
message: "answer", code 0, code 0, 100000 sent, got 100000 bytes, code 0, code 0, code 0
code 0
