--TEST--
a handler that throws ends the script with 255; one that exits, with its status; the other handlers do not run
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\{Event, Process};
require __DIR__ . '/../support.inc';
// Plain calls, in which exit() and start() are possible.
swoole_async_set(['enable_coroutine' => false]);
ini_set('display_errors', '0');
foreach (['throws' => fn () => throw new Exception('x'), 'exits' => fn () => exit(6)] as $way => $act) {
    $p = new Process(function () use ($act) {
        Process::signal(SIGUSR1, $act);
        Process::signal(SIGUSR2, fn () => print("not reached\n"));
        posix_kill(getmypid(), SIGUSR1);
        posix_kill(getmypid(), SIGUSR2);
        Event::defer(fn () => print("not reached\n"));
        Event::wait();
    }, false, 0);
    $p->start();
    echo "$way: ", ending(Process::wait()), "\n";
}
?>
--EXPECT--
throws: code 255
exits: code 6
