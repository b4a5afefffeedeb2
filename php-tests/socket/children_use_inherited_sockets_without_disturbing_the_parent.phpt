--TEST--
a child may use and close sockets that it has inherited; the parent goes on waiting on the same ones
--FILE--
<?php
use Swoole\{Coroutine, Process};
use function Swoole\Coroutine\{go, run};
$pair = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
[$a, $b] = $pair;
$p = new Process(function (Process $p) use ($a, $b) {
    // Nobody waits here, whoever waits in the parent.
    $result = [$a->getBoundCid(SWOOLE_EVENT_READ), $a->recv(10, 0.001), $a->errMsg];
    echo json_encode($result), "\n";
    var_dump($a->close());
    $b->send('from the child');
    $b->close();
}, false, 1, true);
go(function () use ($a, $b, $p) {
    // This one is waiting when the child is started.
    echo "parent: {$a->recv()}\n";
    $b->send('once more');
    echo "parent: {$a->recv()}\n";
    go(fn () => print("and waits again: " . $a->recv() . "\n"));
    Coroutine::sleep(0.001);
    $b->send('woken');
});
$p->start();
Swoole\Event::wait();
Process::wait();
?>
--EXPECT--
[0,false,"Connection timed out"]
bool(true)
parent: from the child
parent: once more
and waits again: woken
