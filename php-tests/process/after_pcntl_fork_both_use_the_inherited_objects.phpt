--TEST--
after pcntl_fork(): the new process writes to its siblings, starts objects of its own and inherited ones, and ends as PHP ends
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $running = new Process(function (Process $p) {
        $p->write('told: ' . $p->read());
    }, false, $type);
    $running->start();
    $idle = new Process(function (Process $p) {
        $p->write('idle was told: ' . $p->read());
        exit(3);
    }, false, $type);
    $idle->write('a message of the parent');
    $before = sockets();
    if (($pid = pcntl_fork()) === 0) {
        $running->write('hello from the fork');
        $own = new Process(fn (Process $p) => $p->write('own child'), false, $type);
        $own->start();
        echo $own->read(), ', ', ending(Process::wait()), ', ';
        $idle->start();
        $idle->write('something by the fork');
        echo $idle->read(), ', ', ending(Process::wait()), "\n";
        register_shutdown_function(fn () => print("shutdown function of the fork\n"));
        exit(4);
    }
    pcntl_waitpid($pid, $status);
    echo pcntl_wexitstatus($status), ', ', $running->read(), ', ', ending(Process::wait()), ', ';
    $idle->start();
    echo $idle->read(), ', ', ending(Process::wait()), ', ', json_encode([$running->read(), $idle->read()]), ", $name\n";
}
?>
--EXPECT--
own child, code 0, idle was told: something by the fork, code 3
shutdown function of the fork
4, told: hello from the fork, code 0, idle was told: a message of the parent, code 3, ["",""], stream
own child, code 0, idle was told: something by the fork, code 3
shutdown function of the fork
4, told: hello from the fork, code 0, idle was told: a message of the parent, code 3, ["",""], message
