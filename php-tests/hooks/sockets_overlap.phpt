--TEST--
functions of ext-sockets let others run: five calls wait at the same time
--EXTENSIONS--
sockets
pcntl
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
require __DIR__ . '/../support.inc';
$before = count(links());
$paths = 0;
/** Makes five calls wait, then lets each go on. */
function wait_together(string $name, callable $prepare, callable $call, callable $let_go): void
{
    run(function () use ($name, $prepare, $call, $let_go) {
        $order = '';
        $results = $cids = $things = [];
        for ($i = 0; $i < 5; $i++) {
            $things[$i] = $prepare();
        }
        for ($i = 0; $i < 5; $i++) {
            $cids[] = go(function () use ($i, $things, $call, &$order, &$results) {
                $order .= '<';
                $results[$i] = $call(...$things[$i]);
                $order .= '>';
            });
        }
        for ($i = 0; $i < 5; $i++) {
            $let_go(...$things[$i]);
        }
        Coroutine::join($cids);
        $all = array_unique(array_map(json_encode(...), $results));
        echo "$name: $order ", implode(' ', $all), "\n";
        foreach ($things as $some) {
            array_map(socket_close(...), $some);
        }
    });
}
function pair(): array { socket_create_pair(AF_UNIX, SOCK_STREAM, 0, $pair); return $pair; }
function packets(): array { socket_create_pair(AF_UNIX, SOCK_DGRAM, 0, $pair); return $pair; }
function tcp(): array {
    $server = socket_create_listen(0);
    socket_getsockname($server, $address, $port);
    $client = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
    socket_connect($client, '127.0.0.1', $port);
    return [socket_accept($server), $client, $server];
}
function udp(): array {
    $socket = socket_create(AF_INET, SOCK_DGRAM, SOL_UDP);
    socket_bind($socket, '127.0.0.1');
    return [$socket, socket_create(AF_INET, SOCK_DGRAM, SOL_UDP)];
}
function fill($socket): void { while (@socket_send($socket, str_repeat('x', 4096), 4096, MSG_DONTWAIT)); socket_clear_error($socket); }
$write = fn($a, $b) => socket_write($b, "hello\nyou");
wait_together('read', pair(...), fn($a) => socket_read($a, 100), $write);
wait_together('read a line', tcp(...), fn($a) => socket_read($a, 100, PHP_NORMAL_READ), function ($a, $b) {
    socket_write($b, 'he');
    Coroutine::sleep(0.002);
    socket_write($b, "llo\n");
});
// PHP's own read asks again and again here, and ends no sooner.
wait_together('read a line that must not wait', function () {
    $pair = tcp();
    socket_set_nonblock($pair[0]);
    socket_set_option($pair[0], SOL_SOCKET, SO_RCVTIMEO, ['sec' => 0, 'usec' => 1000]);
    return $pair;
}, fn($a) => socket_read($a, 100, PHP_NORMAL_READ), function ($a, $b) {
    socket_write($b, 'he');
    Coroutine::sleep(0.002);
    socket_write($b, "llo\n");
});
wait_together('recv', tcp(...), fn($a) => [socket_recv($a, $data, 100, 0), $data], $write);
wait_together('recv all', tcp(...), fn($a) => [socket_recv($a, $data, 6, MSG_WAITALL), $data], function ($a, $b) {
    socket_write($b, 'abc');
    Coroutine::sleep(0.002);
    socket_write($b, 'defghi');
});
wait_together('recvfrom', udp(...), fn($a) => [socket_recvfrom($a, $data, 100, 0, $from, $port), $data, $from, $port > 0], function ($a, $b) {
    socket_getsockname($a, $address, $port);
    socket_sendto($b, 'hello', 5, 0, $address, $port);
});
wait_together('recvmsg', packets(...), function ($a) {
    $message = ['buffer_size' => 10, 'controllen' => socket_cmsg_space(SOL_SOCKET, SCM_RIGHTS, 1)];
    return [socket_recvmsg($a, $message), $message['iov']];
}, fn($a, $b) => socket_sendmsg($b, ['iov' => ['a', 'bc']]));
wait_together('select', fn() => [...pair(), ...pair()], function ($a, $b, $c) {
    $read = ['a' => $a, 'c' => $c];
    $write = $except = null;
    return [socket_select($read, $write, $except, null), array_keys($read)];
}, fn($a, $b, $c, $d) => socket_write($d, 'x'));
wait_together('accept', function () { $server = socket_create_listen(0); return [$server]; },
    fn($server) => [is_object($socket = socket_accept($server)), socket_read($socket, 10), socket_close($socket), socket_last_error($server), socket_last_error()],
    function ($server) {
        socket_getsockname($server, $address, $port);
        $client = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
        echo socket_connect($client, '127.0.0.1', $port) && socket_last_error($client) === 0 ? '' : 'not connected';
        socket_write($client, 'hi');
        socket_close($client);
    });
$drain = function ($a, $b) { for ($got = 0; $got < 1 << 20; $got += strlen($part)) { if (($part = socket_read($b, 1 << 20)) === '') break; } };
$much = str_repeat('y', 1 << 20);
wait_together('write', pair(...), fn($a) => [socket_write($a, $much), socket_last_error($a)], $drain);
wait_together('send a part', pair(...), fn($a) => socket_send($a, $much, 1 << 20, 0), $drain);
wait_together('write to a full one', function () { $pair = pair(); fill($pair[0]); return $pair; }, fn($a) => socket_write($a, 'hello'), function ($a, $b) { socket_read($b, 1 << 20); });
wait_together('sendto, full', function () { $pair = packets(); fill($pair[0]); return $pair; }, fn($a) => socket_send($a, 'hello', 5, 0), function ($a, $b) { while (@socket_recv($b, $data, 4096, MSG_DONTWAIT)); });
wait_together('sendmsg, full', function () { $pair = packets(); fill($pair[0]); return $pair; }, fn($a) => socket_sendmsg($a, ['iov' => ['hello']]), function ($a, $b) { while (@socket_recv($b, $data, 4096, MSG_DONTWAIT)); });
wait_together('connect, full', function () {
    $path = sys_get_temp_dir() . '/hooks-' . getmypid() . '-' . ++$GLOBALS['paths'];
    $server = socket_create(AF_UNIX, SOCK_STREAM, 0);
    socket_bind($server, $path);
    socket_listen($server, 0);
    $first = socket_create(AF_UNIX, SOCK_STREAM, 0);
    socket_connect($first, $path);
    return [socket_create(AF_UNIX, SOCK_STREAM, 0), $server, $first];
}, function ($client, $server) {
    socket_getsockname($server, $path);
    return [socket_connect($client, $path), socket_last_error($client), unlink($path)];
}, function ($client, $server) { socket_accept($server); });
echo count(links()) - $before, " descriptors left\n";
?>
--EXPECT--
read: <<<<<>>>>> "hello\nyou"
read a line: <<<<<>>>>> "hello\n"
read a line that must not wait: <<<<<>>>>> "hello\n"
recv: <<<<<>>>>> [9,"hello\nyou"]
recv all: <<<<<>>>>> [6,"abcdef"]
recvfrom: <<<<<>>>>> [5,"hello","127.0.0.1",true]
recvmsg: <<<<<>>>>> [3,["abc"]]
select: <<<<<>>>>> [1,["c"]]
accept: <<<<<>>>>> [true,"hi",null,0,0]
write: <<<<<>>>>> [1048576,0]
send a part: <<<<<>>>>> 1048576
write to a full one: <<<<<>>>>> 5
sendto, full: <<<<<>>>>> 5
sendmsg, full: <<<<<>>>>> 5
connect, full: <<<<<>>>>> [true,0,true]
0 descriptors left
