--TEST--
package_length_func: it may wait, throw, end the script and change the protocol; what it is shown stays with the socket
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{go, run};

function told(callable $length, int $most = 1000): array
{
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $b->setProtocol(['open_length_check' => true, 'package_length_func' => $length, 'package_max_length' => $most]);
    return [$a, $b];
}
run(function () {
    echo "it waits, and is not asked again for the same packet\n";
    $asked = [];
    [$a, $b] = told(function (string $data) use (&$asked) {
        $asked[] = $data;
        Coroutine::sleep(0.001);
        return (int) $data;
    });
    $a->send('3');
    go(function () use ($a) {
        Coroutine::sleep(0.01);
        $a->send('ab2c');
    });
    var_dump($b->recvPacket(), $b->recvPacket(), implode(' ', $asked));

    echo "it throws: what was received is there\n";
    [$a, $b] = told(fn () => throw new DomainException('no length'));
    $a->send('data');
    try {
        $b->recvPacket();
    } catch (DomainException $e) {
        var_dump($e->getMessage(), $b->recv());
    }

    echo "lengths without sense\n";
    foreach ([-1, 11, '2', 2.9, null, [], true] as $length) {
        [$a, $b] = told(fn () => $length, 10);
        $a->send('data');
        echo json_encode([$length, $b->recvPacket(0.01), $b->errCode]), "\n";
    }

    echo "it changes the protocol\n";
    [$a, $b] = told(function () use (&$b) {
        $b->setProtocol(['open_eof_split' => true, 'package_eof' => '#']);
        return 4;
    });
    $a->send('dat#a');
    var_dump($b->recvPacket());

    echo "it closes the socket\n";
    [$a, $b] = told(function () use (&$b) {
        $b->close();
        return 4;
    });
    $a->send('data');
    var_dump($b->recvPacket(), $b->errCode === SOCKET_EBADF);

    echo "settings without sense\n";
    foreach ([
        ['open_length_check' => true, 'package_length_func' => 'no_such_function'],
        ['open_length_check' => true, 'package_length_type' => 'x'],
        ['open_length_check' => true, 'package_length_offset' => -1],
        ['open_eof_check' => true, 'package_eof' => ''],
        ['open_eof_check' => true, 'package_eof' => 'nine char'],
        ['package_max_length' => -1],
    ] as $settings) {
        [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
        var_dump($b->setProtocol($settings));
    }
    [$a, $b] = told(fn () => 1);
    $held = new class { public $socket; };
    $held->socket = $b;
    $b->setProtocol(['open_length_check' => true, 'package_length_func' => fn () => $held]);
    unset($b, $held);
    echo gc_collect_cycles() > 0 ? "collected\n" : "still there\n";
});
go(function () {
    [$a, $b] = told(fn () => exit(3));
    $a->send('data');
    try {
        $b->recvPacket();
    } catch (Swoole\ExitException $e) {
        echo "exit {$e->getStatus()}\n";
    }
});
?>
--EXPECTF--
it waits, and is not asked again for the same packet
string(3) "3ab"
string(2) "2c"
string(4) "3 2c"
it throws: what was received is there
string(9) "no length"
string(4) "data"
lengths without sense
[-1,"",1204]
[11,false,1201]
["2","da",0]
[2.9,"da",0]
[null,false,110]
[[],false,110]
[true,"d",0]
it changes the protocol
string(4) "dat#"
it closes the socket
bool(false)
bool(true)
settings without sense

Warning: Swoole\Coroutine\Socket::setProtocol(): function 'no_such_function' is not callable in %s on line %d
bool(false)

Warning: Swoole\Coroutine\Socket::setProtocol(): Unknown package_length_type name 'x', see pack() in %s on line %d
bool(false)

Warning: Swoole\Coroutine\Socket::setProtocol(): package_length_offset must not be negative in %s on line %d
bool(false)

Warning: Swoole\Coroutine\Socket::setProtocol(): package_eof cannot be an empty string in %s on line %d
bool(false)

Warning: Swoole\Coroutine\Socket::setProtocol(): package_eof max length is 8 in %s on line %d
bool(false)

Warning: Swoole\Coroutine\Socket::setProtocol(): package_max_length must not be negative in %s on line %d
bool(false)
collected
exit 3
