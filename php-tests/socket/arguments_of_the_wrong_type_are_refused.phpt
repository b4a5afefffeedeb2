--TEST--
arguments of the wrong type are refused as PHP's own functions refuse them; numbers that do not fit are not cut
--FILE--
<?php
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\run;
run(function () {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $try = function (callable $f) {
        try {
            echo json_encode($f()), "\n";
        } catch (Throwable $e) {
            echo get_class($e), ': ', $e->getMessage(), "\n";
        }
    };
    $try(fn () => new Socket('x', 1));
    $try(fn () => new Socket(1));
    $try(fn () => new Socket(2 ** 32 + AF_UNIX, SOCK_STREAM));
    $try(fn () => $a->recv([]));
    $try(fn () => $a->recv(1, 'soon'));
    $try(fn () => $a->send([]));
    $try(fn () => $a->send());
    $try(fn () => $a->send(1.5) . ' ' . $b->recv());
    $try(fn () => $a->bind([]));
    $try(fn () => $a->listen(2 ** 40) || $a->errMsg);
    $try(fn () => $a->shutdown(7) || $a->errMsg);
    $try(fn () => @$a->getOption(2 ** 40, 1) || $a->errMsg);
    $try(fn () => $a->setOption(SOL_SOCKET, SO_RCVBUF, 2 ** 40) || $a->errMsg);
    $try(fn () => $a->cancel(7) || $a->errMsg);
    $try(fn () => @$a->setOption(SOL_SOCKET, SO_RCVTIMEO, 5));
    $try(fn () => @$a->setOption(SOL_SOCKET, SO_RCVTIMEO, ['sec' => -1, 'usec' => 0]) || $a->errMsg);
    $try(fn () => Socket::import('x'));
    // A closed stream, and a resource that is no stream.
    fclose($closed = fopen('php://memory', 'r'));
    $try(fn () => Socket::import($closed));
    $try(fn () => Socket::import(stream_context_create()));
    $try(fn () => @Socket::import(fopen('php://memory', 'r')));
    $try(fn () => swoole_coroutine_socketpair(1));
    $try(fn () => clone $a);
    $try(fn () => serialize($a));
    $try(function () use ($a) { unset($a->errCode); });
    // By value there is nothing to assign to.
    $b->send('x');
    $try(fn () => @call_user_func([$a, 'recvfrom'], 5));
    // A typed property keeps its type.
    $typed = new class {
        public int $peer = 1;
    };
    $b->send('y');
    $try(fn () => $a->recvfrom($typed->peer));
    var_dump($typed->peer);
});
?>
--EXPECTF--
TypeError: Swoole\Coroutine\Socket::__construct(): Argument #1 ($domain) must be of type int, string given
ArgumentCountError: Swoole\Coroutine\Socket::__construct() expects at least 2 arguments, 1 given
Swoole\Coroutine\Socket\Exception: new Socket() failed. Error: Invalid argument [22]
TypeError: Swoole\Coroutine\Socket::recv(): Argument #1 ($length) must be of type int, array given
TypeError: Swoole\Coroutine\Socket::recv(): Argument #2 ($timeout) must be of type float, string given
TypeError: Swoole\Coroutine\Socket::send(): Argument #1 ($data) must be of type string, array given
ArgumentCountError: Swoole\Coroutine\Socket::send() expects at least 1 argument, 0 given
"3 1.5"
TypeError: Swoole\Coroutine\Socket::bind(): Argument #1 ($address) must be of type string, array given
true
true
true
true
true
false
true
TypeError: Swoole\Coroutine\Socket::import(): Argument #1 ($stream) must be of type resource, string given
TypeError: Swoole\Coroutine\Socket::import(): supplied resource is not a valid stream resource
TypeError: Swoole\Coroutine\Socket::import(): supplied resource is not a valid stream resource
false
ArgumentCountError: swoole_coroutine_socketpair() expects exactly 3 arguments, 1 given
Error: Trying to clone an uncloneable object of class Swoole\Coroutine\Socket
Exception: Serialization of 'Swoole\Coroutine\Socket' is not allowed
Error: Property errCode of class Swoole\Coroutine\Socket cannot be unset
"x"
TypeError: Cannot assign array to reference held by property class@anonymous::$peer of type int
int(1)
