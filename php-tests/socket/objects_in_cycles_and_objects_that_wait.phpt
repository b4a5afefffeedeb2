--TEST--
a socket in a cycle is closed when the cycle is collected; one that is waited for lives on; the end of the script ends all
--FILE--
<?php
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{go, run};
require __DIR__ . '/../support.inc';
#[AllowDynamicProperties]
class Own extends Socket
{
    public function __destruct()
    {
        echo "freed\n";
    }
}
run(function () {
    $before = sockets();
    for ($i = 0; $i < 3; $i++) {
        $s = new Own(AF_INET, SOCK_STREAM);
        $s->self = $s;
        unset($s);
    }
    echo gc_collect_cycles() > 0 ? 'collected' : 'not collected', "\n";
    var_dump(sockets() - $before);

    $p = new Swoole\Process(fn () => 0);
    $own = $p->exportSocket();
    $weak = WeakReference::create($own);
    unset($own);
    var_dump($weak->get() === $p->exportSocket());
    unset($p);
    var_dump($weak->get());

    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    go(function () use ($a) {
        echo json_encode($a->recv()), "\n";
    });
    unset($a);
    $b->send('only the waiter has it');
    Swoole\Coroutine::sleep(0.001);
    var_dump($b->recv());
});
// Nobody answers this one, and the loop is left: the end of the script unwinds it.
go(function () {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    Swoole\Timer::after(1, function () {
        echo "the loop is left\n";
        Swoole\Event::exit();
    });
    $a->recv();
    echo "not reached\n";
});
Swoole\Coroutine::set(['enable_deadlock_check' => false]);
Swoole\Event::wait();
?>
--EXPECT--
freed
freed
freed
collected
int(0)
bool(true)
NULL
"only the waiter has it"
string(0) ""
the loop is left
