--TEST--
a Coroutine\Server whose listening socket fails for good warns and ends, and other coroutines run on
--FILE--
<?php
use Swoole\Coroutine\Server;
use function Swoole\Coroutine\{go, run};

class Reachable extends Server
{
    public function stopListening(): void
    {
        $this->socket->shutdown();
    }
}
foreach ([false, true] as $throws) {
    set_error_handler(fn ($level, $text) => $throws ? throw new ErrorException($text) : print("$text\n"));
    run(function () {
        $server = new Reachable('127.0.0.1');
        $server->handle(fn () => null);
        go(function () use ($server) {
            Co::sleep(0.001);
            $server->stopListening();
        });
        try {
            var_dump($server->start());
        } catch (ErrorException $e) {
            echo 'caught ', $e->getMessage(), "\n";
        }
        var_dump($server->errCode === SOCKET_EINVAL);
    });
}
?>
--EXPECT--
Swoole\Coroutine\Server::start(): accept failed, Error: Invalid argument[22]
bool(true)
bool(true)
caught Swoole\Coroutine\Server::start(): accept failed, Error: Invalid argument[22]
bool(true)
