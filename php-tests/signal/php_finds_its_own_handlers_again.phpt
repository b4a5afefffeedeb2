--TEST--
when a request ends PHP finds the handlers that it had installed itself: those we took, ignored or gave the default action
--EXTENSIONS--
pcntl
--INI--
zend.signal_check=1
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
function change(): void
{
    $handler = fn () => null;
    // Taken; taken and removed; the same again; ignored; ignored and taken; in the hands of pcntl in between.
    Process::signal(SIGHUP, $handler);
    foreach ([SIGUSR1, SIGUSR2, SIGUSR2] as $signal) {
        Process::signal($signal, $handler);
        Process::signal($signal, null);
    }
    Process::signal(SIGINT, fn () => null);
    Process::signal(SIGINT, SIG_IGN);
    Process::signal(SIGQUIT, SIG_IGN);
    Process::signal(SIGQUIT, $handler);
    Process::signal(SIGTERM, $handler);
    Process::signal(SIGTERM, null);
    pcntl_signal(SIGTERM, $handler);
    Process::signal(SIGTERM, $handler);
    Process::signal(SIGTERM, null);
}
$p = new Process(change(...), false, 0);
$p->start();
echo 'a child: ', ending(Process::wait()), "\n";
change();
// What a child inherits is not its own change, but it ends like any other.
$p = new Process(fn () => null, false, 0);
$p->start();
echo 'a child that changes nothing: ', ending(Process::wait()), "\n";
foreach ([fn () => null, change(...)] as $do) {
    if (pcntl_fork() === 0) {
        $do();
        exit(3);
    }
    echo "a child of pcntl_fork: ", ending(Process::wait()), "\n";
}
?>
--EXPECT--
a child: code 0
a child that changes nothing: code 0
a child of pcntl_fork: code 3
a child of pcntl_fork: code 3
