--TEST--
every method of a socket that was not constructed throws; of one that is closed it gives false and EBADF
--FILE--
<?php
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\run;
class Lazy extends Socket
{
    public function __construct()
    {
    }
}
$calls = [
    'bind' => ['/x'], 'listen' => [], 'accept' => [], 'connect' => ['/x'], 'checkLiveness' => [], 'peek' => [], 'recv' => [],
    'recvAll' => [], 'send' => ['x'], 'sendAll' => ['x'], 'recvfrom' => [&$peer], 'sendto' => ['/x', 0, 'x'],
    'getOption' => [SOL_SOCKET, SO_TYPE], 'setOption' => [SOL_SOCKET, SO_REUSEADDR, 1], 'shutdown' => [], 'close' => [],
    'getpeername' => [], 'getsockname' => [], 'cancel' => [], 'getBoundCid' => [SWOOLE_EVENT_READ], 'isClosed' => [],
];
run(function () use ($calls) {
    $lazy = new Lazy();
    $closed = new Socket(AF_UNIX, SOCK_STREAM, 0);
    $closed->close();
    foreach ($calls as $name => $arguments) {
        try {
            $lazy->$name(...$arguments);
            echo "$name did not throw\n";
        } catch (Swoole\Error $e) {
            if ($e->getMessage() !== 'must call constructor first') {
                echo "$name: {$e->getMessage()}\n";
            }
        }
        $closed->errCode = 0;
        $result = $closed->$name(...$arguments);
        if ([$result, $closed->errCode, swoole_last_error()] !== [false, SOCKET_EBADF, SOCKET_EBADF]) {
            echo "$name: ", json_encode([$result, $closed->errCode]), "\n";
        }
    }
    try {
        $closed->__construct(AF_UNIX, SOCK_STREAM);
    } catch (Error $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
});
?>
--EXPECT--
cancel: [false,0]
getBoundCid: [0,0]
isClosed: [true,0]
Error: Constructor of Swoole\Coroutine\Socket can only be called once
