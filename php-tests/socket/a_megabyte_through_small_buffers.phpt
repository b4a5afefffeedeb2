--TEST--
sendAll() and recvAll() carry a megabyte through the smallest buffers, in both directions at once
--FILE--
<?php
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{go, run};
run(function () {
    $s = new Socket(AF_INET, SOCK_STREAM);
    $s->bind('127.0.0.1');
    $s->listen();
    $tcp = function () use ($s) {
        $c = new Socket(AF_INET, SOCK_STREAM);
        $c->setOption(SOL_SOCKET, SO_SNDBUF, 1);
        $c->connect('127.0.0.1', $s->getsockname()['port']);
        return [$c, $s->accept()];
    };
    foreach (['unix' => fn () => swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0), 'tcp' => $tcp] as $name => $pair) {
        [$a, $b] = $pair();
        foreach ([$a, $b] as $end) {
            $end->setOption(SOL_SOCKET, SO_SNDBUF, 1);
        }
        $data = [random_bytes(1 << 20), random_bytes(1 << 20)];
        go(fn () => print("$name: sent " . $a->sendAll($data[0]) . "\n"));
        go(fn () => print("$name: sent " . $b->sendAll($data[1]) . "\n"));
        $results = [];
        foreach ([[$a, 1], [$b, 0]] as [$end, $expected]) {
            go(function () use ($end, $expected, $data, &$results, $name) {
                $results[] = $end->recvAll(1 << 20) === $data[$expected];
                if (count($results) === 2) {
                    echo "$name: ", json_encode($results), "\n";
                }
            });
        }
        while (count($results) < 2) {
            Swoole\Coroutine::sleep(0.001);
        }
    }
});
?>
--EXPECT--
unix: sent 1048576
unix: sent 1048576
unix: [true,true]
tcp: sent 1048576
tcp: sent 1048576
tcp: [true,true]
