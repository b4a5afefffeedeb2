--TEST--
Atomic: children of children, children of pcntl_fork and a daemon see the same number, also after the process that made it has gone
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\{Atomic, Process};
use Swoole\Atomic\Long;

$pipe = new Process(function (Process $first) {
    // This process makes the numbers, and is gone before they are used.
    [$a, $l, $gone] = [new Atomic(), new Long(), new Atomic()];
    (new Process(function () use ($first, $a, $l, $gone) {
        (new Process(function () use ($first, $a, $l, $gone) {
            $gone->wait(-1);
            // Numbers that both processes make now are numbers of their own.
            $mine = new Atomic(1);
            if (pcntl_fork() === 0) {
                $a->add(10);
                $l->sub(10);
                $mine->add(100);
                (new Atomic(5))->add(5);
                exit(0);
            }
            $other = new Atomic(7);
            pcntl_wait($status);
            $a->add();
            $first->write(json_encode([$a->get(), $l->get(), $mine->get(), $other->get()]));
        }))->start();
        Process::daemon(true, true);
        $a->add(100);
        $gone->wakeup();
    }))->start();
    Process::wait();
});
$pipe->start();
Process::wait();
echo $pipe->read(), "\n";
?>
--EXPECT--
[111,-10,101,7]
