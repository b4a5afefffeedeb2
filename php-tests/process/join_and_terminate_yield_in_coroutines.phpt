--TEST--
join() and terminate() in coroutines: others run meanwhile, several wait for one child, cancellation, wait() beside them
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use Swoole\Coroutine\System;
use Swoole\Process;
require __DIR__ . '/../support.inc';
$waits = fn (Process $p) => exit((int) $p->read());
$all = [];
foreach (['a', 'b', 'c', 'd', 'e'] as $name) {
    $all[$name] = new Process($waits);
    $all[$name]->start();
}
$stubborn = new Process(function (Process $p) {
    pcntl_signal(SIGTERM, SIG_IGN);
    $p->write('ready');
    while (true) {
        sleep(60);
    }
});
$stubborn->start();
$stubborn->read();
Coroutine\run(function () use ($all, $stubborn) {
    $told = new Channel(10);
    foreach ([1, 2] as $n) {
        go(fn () => $told->push("join $n: " . ending($all['a']->join())));
    }
    echo "both wait\n";
    $all['a']->write('4');
    $both = [$told->pop(), $told->pop()];
    sort($both);
    echo implode(', ', $both), "\n";

    var_dump($all['b']->join(0.01), swoole_last_error());
    $cid = go(fn () => $told->push($all['b']->join()));
    Coroutine::cancel($cid);
    var_dump($told->pop(), swoole_last_error());
    go(fn () => $told->push('join: ' . ending($all['b']->join())));
    $all['b']->write('5');
    echo 'waitPid: ', ending(System::waitPid($all['b']->pid)), ', ', $told->pop(), "\n";

    go(fn () => $told->push('any: ' . ending(System::wait())));
    go(fn () => $told->push('join: ' . ending($all['c']->join())));
    $all['c']->write('6');
    echo $told->pop(), "\n";
    $all['d']->write('7');
    echo $told->pop(), ', join: ', ending($all['d']->join()), "\n";

    go(fn () => $told->push(ending($stubborn->terminate(0.01))));
    echo "asked\n", $told->pop(), "\n";
    go(fn () => $told->push(ending($all['e']->terminate(60))));
    echo $told->pop(), ' ', json_encode($all['e']->isAlive()), "\n";
});
?>
--EXPECT--
both wait
join 1: code 4, join 2: code 4
bool(false)
int(110)
bool(false)
int(10017)
waitPid: code 5, join: code 5
join: code 6
any: code 7, join: code 7
asked
signal 9
signal 15 false
