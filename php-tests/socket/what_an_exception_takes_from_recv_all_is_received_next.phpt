--TEST--
recvAll() that an exception ends keeps what it has for the next call, in order, whichever that is
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{go, run};
require __DIR__ . '/../support.inc';
$before = links();
/** A pair whose first end has "abcdef" kept, and "ghi" in the kernel. */
function interrupted(): array
{
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $cid = go(function () use ($a) {
        try {
            $a->recvAll(100);
        } catch (Coroutine\CanceledException) {
            echo 'interrupted: ';
        }
    });
    // In two parts, of which the second wakes the reader too.
    $b->send('abc');
    Coroutine::sleep(0.001);
    $b->send('def');
    Coroutine::sleep(0.001);
    Coroutine::cancel($cid, true);
    $b->send('ghi');
    return [$a, $b];
}
run(function () {
    $calls = [
        'recv' => fn ($a) => [$a->recv(), $a->recv()],
        'recv of less' => fn ($a) => [$a->recv(4), $a->recv(4), $a->recv(4)],
        'peek' => fn ($a) => [$a->peek(2), $a->peek(), $a->recv(), $a->peek()],
        'recvAll' => fn ($a) => [$a->recvAll(9)],
        'recvAll of less' => fn ($a) => [$a->recvAll(2), $a->recvAll(5), $a->recvAll(2)],
        'recvfrom' => fn ($a) => [$a->recvfrom($peer), $a->recvfrom($peer)],
        'checkLiveness' => fn ($a) => [$a->checkLiveness(), $a->recv()],
        'a second interruption' => function ($a, $b) {
            $cid = go(function () use ($a) {
                try {
                    $a->recvAll(50);
                } catch (Coroutine\CanceledException) {
                    echo 'and again: ';
                }
            });
            Coroutine::cancel($cid, true);
            return [$a->recvAll(9)];
        },
        'a time limit' => fn ($a) => [$a->recvAll(20, 0.001), $a->errCode === SOCKET_ETIMEDOUT],
        'the end' => fn ($a, $b) => [$b->close(), $a->recvAll(20), $a->recv()],
        'one who waits meanwhile' => function ($a, $b) {
            $a->recvAll(9);
            $got = [];
            go(function () use ($a, &$got) {
                $got[] = $a->recvAll(4);
            });
            $b->send('12');
            Coroutine::sleep(0.001);
            try {
                $a->recvAll(2);
            } catch (Swoole\Error) {
                $got[] = 'refused';
            }
            $b->send('34');
            Coroutine::sleep(0.001);
            return $got;
        },
        'close' => fn ($a) => [$a->close(), $a->recv(), $a->errCode === SOCKET_EBADF],
    ];
    foreach ($calls as $name => $call) {
        [$a, $b] = interrupted();
        echo $name, ': ', json_encode($call($a, $b)), "\n";
        unset($a, $b);
    }
});
var_dump(count(links()) === count($before));
?>
--EXPECT--
interrupted: recv: ["abcdef","ghi"]
interrupted: recv of less: ["abcd","ef","ghi"]
interrupted: peek: ["ab","abcdef","abcdef","ghi"]
interrupted: recvAll: ["abcdefghi"]
interrupted: recvAll of less: ["ab","cdefg","hi"]
interrupted: recvfrom: ["abcdef","ghi"]
interrupted: checkLiveness: [true,"abcdef"]
interrupted: a second interruption: and again: ["abcdefghi"]
interrupted: a time limit: ["abcdefghi",true]
interrupted: the end: [true,"abcdefghi",""]
interrupted: one who waits meanwhile: ["refused","1234"]
interrupted: close: [true,false,true]
bool(true)
