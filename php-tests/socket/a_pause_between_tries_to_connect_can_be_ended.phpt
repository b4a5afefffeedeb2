--TEST--
connect() to a unix socket whose queue is full: cancel(), close(), Coroutine::cancel() and a time limit end it while it pauses
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\{go, run};
unlink($path = tempnam(sys_get_temp_dir(), 'test'));
run(function () use ($path) {
    $server = new Socket(AF_UNIX, SOCK_STREAM);
    $server->bind($path);
    $server->listen(0);
    // Until there is no room.
    do {
        $full[] = $client = new Socket(AF_UNIX, SOCK_STREAM);
    } while ($client->connect($path, 0, 0.001));
    echo $client->errMsg, "\n";

    $connect = function (float $timeout = -1) use ($path): array {
        $s = new Socket(AF_UNIX, SOCK_STREAM);
        $cid = go(function () use ($s, $path, $timeout) {
            try {
                echo json_encode([$s->connect($path, 0, $timeout), $s->errMsg]), "\n";
            } catch (Coroutine\CanceledException) {
                echo "an exception\n";
            }
        });
        return [$s, $cid];
    };
    [$s, $cid] = $connect();
    var_dump($s->getBoundCid(SWOOLE_EVENT_WRITE) === $cid, $s->getBoundCid(SWOOLE_EVENT_READ));
    try {
        $s->connect($path);
    } catch (Swoole\Error $e) {
        echo preg_replace('/#\d+/', '#N', $e->getMessage()), "\n";
    }
    echo "cancel: ";
    var_dump($s->cancel(SWOOLE_EVENT_READ));
    var_dump($s->cancel(SWOOLE_EVENT_WRITE));
    var_dump($s->cancel(SWOOLE_EVENT_WRITE), $s->getBoundCid(SWOOLE_EVENT_WRITE));
    echo "close: ";
    [$s] = $connect();
    var_dump($s->close());
    echo "Coroutine::cancel: ";
    [, $cid] = $connect();
    var_dump(Coroutine::cancel($cid));
    echo "with an exception: ";
    [, $cid] = $connect();
    var_dump(Coroutine::cancel($cid, true));
    echo "time: ";
    [, $cid] = $connect(0.02);
    Coroutine::join([$cid]);
    echo "room: ";
    [, $cid] = $connect();
    foreach ($full as $_) {
        $server->accept(0.001);
    }
    Coroutine::join([$cid]);
});
?>
--EXPECT--
Connection timed out
bool(true)
int(0)
Socket#N has already been bound to another coroutine#N, writing of the same socket in coroutine#N at the same time is not allowed
cancel: bool(false)
[false,"Operation canceled"]
bool(true)
bool(false)
int(0)
close: [false,"Operation canceled"]
bool(true)
Coroutine::cancel: [false,"Operation canceled"]
bool(true)
with an exception: an exception
bool(true)
time: [false,"Connection timed out"]
room: [true,""]
