--TEST--
without descriptors: sockets, pairs, connections and exports fail with EMFILE, and all goes on when there are some again
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\{Coroutine, Process};
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{go, run};
require __DIR__ . '/../support.inc';
$p = new Process(fn () => 0);
run(function () use ($p) {
    $s = new Socket(AF_INET, SOCK_STREAM);
    $s->bind('127.0.0.1');
    $s->listen();
    $c = new Socket(AF_INET, SOCK_STREAM);
    $c->connect('127.0.0.1', $s->getsockname()['port']);
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    // Room for some more than are open already, whatever their numbers are.
    $limit = count(links()) + 20;
    posix_setrlimit(POSIX_RLIMIT_NOFILE, $limit, $limit);
    $full = [];
    while ($file = @fopen('/dev/null', 'r')) {
        $full[] = $file;
    }
    try {
        new Socket(AF_INET, SOCK_STREAM);
    } catch (Socket\Exception $e) {
        echo $e->getMessage(), ' ', $e->getCode(), "\n";
    }
    var_dump(@swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0), swoole_strerror(swoole_errno()));
    var_dump($s->accept(1), $s->errMsg, @$p->exportSocket());
    // What is there works on.
    go(fn () => var_dump($a->recv()));
    $b->send('still there');
    Coroutine::sleep(0.001);
    $full = [];
    $connection = $s->accept(1);
    $connection->send('accepted after all');
    var_dump($c->recv(), get_class($p->exportSocket()));
});
?>
--EXPECT--
new Socket() failed. Error: Too many open files [24] 24
bool(false)
string(19) "Too many open files"
bool(false)
string(19) "Too many open files"
bool(false)
string(11) "still there"
string(18) "accepted after all"
string(23) "Swoole\Coroutine\Socket"
