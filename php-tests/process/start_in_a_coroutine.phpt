--TEST--
start_in_coroutine: start() in a coroutine returns the pid; the child runs its callback alone; without the option it throws
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use Swoole\Process;
require __DIR__ . '/../support.inc';
const OPTION = ['start_in_coroutine' => true];
$main = getmypid();
register_shutdown_function(function () use ($main) {
    echo getmypid() === $main ? "shutdown of the parent\n" : "shutdown of the child\n";
});
$refused = new Process(fn () => print("must not run\n"));
Coroutine\run(function () use ($main, $refused) {
    try {
        $refused->start();
    } catch (Swoole\Error $e) {
        echo $e->getMessage(), "\n";
    }
    $channel = new Channel(1);
    $other = go(function () use ($channel, $main) {
        try {
            $channel->pop();
            echo getmypid() === $main ? "the other continues in the parent\n" : "THE OTHER IN THE CHILD\n";
        } finally {
            echo getmypid() === $main ? "its finally, too\n" : "ITS FINALLY IN THE CHILD\n";
        }
    });
    $p = new Process(function (Process $p) {
        $text = $p->read();
        echo 'the child: coroutine ', Coroutine::getCid(), ', ', count(iterator_to_array(Coroutine::list())), " others\n";
        exit(strlen($text));
    });
    $p->set(OPTION);
    var_dump($p->start() === $p->pid, @$p->start());
    $p->write('four');
    echo ending($p->join()), "\n";

    echo "a child with coroutines of its own\n";
    $q = new Process(function (Process $q) {
        go(fn () => print('both ' . (Coroutine::getCid() > 0 ? 'in coroutines' : '') . "\n"));
        Coroutine::sleep(0.001);
        $q->exit(3);
    }, false, SOCK_DGRAM, true);
    $q->set(OPTION);
    $q->start();
    echo ending($q->join()), "\n";

    echo "several at once\n";
    $all = array_map(function (int $n) {
        $p = new Process(fn (Process $p) => $p->exit($n));
        $p->set(OPTION + ['cwd' => '/']);
        return $p;
    }, [1, 2, 3]);
    $pids = new Channel(3);
    foreach ($all as $p) {
        go(fn () => $pids->push($p->start() === $p->pid));
    }
    var_dump($pids->pop() && $pids->pop() && $pids->pop());
    echo implode(' ', array_map(fn (Process $p) => ending($p->join()), $all)), "\n";

    echo "failures\n";
    $all[0]->set(['cwd' => '/no/such/folder']);
    var_dump($all[0]->start());
    $cid = go(function () use ($all, $pids) {
        $pids->push($all[1]->start());
    });
    Coroutine::cancel($cid);
    var_dump($pids->pop(), $all[1]->isAlive());
    $throws = new Process(fn () => throw new Exception('from the child'));
    $throws->set(OPTION);
    $throws->start();
    echo ending($throws->join()), "\n";
    $channel->push(1);
});
echo "before the loop runs\n";
go(function () {
    $p = new Process(fn (Process $p) => $p->exit(6));
    $p->set(OPTION);
    $p->start();
    echo 'in the loop: ', ending($p->join()), "\n";
});
echo "after go()\n";
Swoole\Event::wait();
?>
--EXPECTF--
must be forked outside the coroutine
bool(true)
bool(false)
the child: coroutine -1, 0 others
shutdown of the child
code 4
a child with coroutines of its own
both in coroutines
code 3
several at once
bool(true)
code 1 code 2 code 3
failures

Warning: Swoole\Process::start(): setting the option cwd failed, Error: No such file or directory[2] in %s on line %d
bool(false)
bool(false)
bool(false)

Fatal error: Uncaught Exception: from the child in %sstart_in_a_coroutine.php:%d
Stack trace:
#0 [internal function]: {closure%S(Object(Swoole\Process))
#1 %s(%d): Swoole\Coroutine\run(Object(Closure))
#2 {main}
  thrown in %s on line %d
shutdown of the child
code 255
the other continues in the parent
its finally, too
before the loop runs
after go()
in the loop: code 6
shutdown of the parent
