--TEST--
names of hosts: what is found, what is not, time limits, cancellation; no process and no descriptor is left
--FILE--
<?php
require __DIR__ . '/../support.inc';
use Swoole\{Coroutine, Process};
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
run(function () {
    Coroutine::sleep(0.001);
    $before = links();
    // A look-up always gives way, so the other one runs.
    $order = [];
    $cid = go(function () use (&$order) { $order[] = System::getaddrinfo('localhost'); });
    $order[] = 'meanwhile';
    Coroutine::join([$cid]);
    echo json_encode($order), "\n";
    foreach ([System::class, Coroutine::class] as $class) {
        var_dump($class::gethostbyname('localhost'), $class::dnsLookup('localhost'));
        var_dump($class::gethostbyname('127.0.0.2'), $class::gethostbyname('::1', AF_INET6), $class::getaddrinfo('::1', AF_INET6));
    }
    var_dump(System::getaddrinfo('127.0.0.3', AF_INET, SOCK_DGRAM, SOL_UDP, '53'));
    echo "-- none\n";
    foreach ([['::1'], ['127.0.0.1', AF_INET6], ["local\0host"], ['no such name.invalid']] as $arguments) {
        var_dump(System::gethostbyname(...$arguments), swoole_last_error() === SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED);
    }
    var_dump(System::getaddrinfo('127.0.0.1', AF_INET, SOCK_STREAM, 6, 'no-such-service'));
    var_dump(swoole_last_error() === SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED);
    var_dump(System::getaddrinfo('localhost', AF_INET, PHP_INT_MAX), swoole_last_error() === SOCKET_EINVAL);
    echo "-- too late\n";
    Coroutine::set(['dns_cache_capacity' => 0]);
    var_dump(System::gethostbyname('localhost', AF_INET, 1e-9), swoole_last_error() === SWOOLE_ERROR_DNSLOOKUP_RESOLVE_TIMEOUT);
    Coroutine::set(['socket_dns_timeout' => 1e-9]);
    var_dump(System::getaddrinfo('localhost'), swoole_last_error() === SWOOLE_ERROR_DNSLOOKUP_RESOLVE_TIMEOUT);
    Coroutine::set(['socket_dns_timeout' => -1]);
    $cid = go(function () { var_dump(System::dnsLookup('localhost'), swoole_last_error() === SWOOLE_ERROR_CO_CANCELED); });
    echo count(children()), " process\n";
    Coroutine::cancel($cid);
    $cid = go(function () {
        try {
            System::gethostbyname('localhost');
        } catch (Coroutine\CanceledException $e) {
            echo get_class($e), "\n";
        }
    });
    Coroutine::cancel($cid, true);
    // Nobody else's wait sees these processes.
    $cid = go(fn () => System::getaddrinfo('localhost'));
    var_dump(Process::wait(false), System::wait(0.1));
    Coroutine::join([$cid]);
    var_dump(children() === [], links() === $before);
});
echo "-- refused\n";
foreach ([fn () => System::gethostbyname(''), fn () => System::getaddrinfo(''), fn () => System::gethostbyname('localhost', AF_UNIX),
    fn () => System::gethostbyname('localhost'), fn () => System::getaddrinfo('localhost'), fn () => System::gethostbyname([])] as $call) {
    try {
        var_dump($call());
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
?>
--EXPECTF--
["meanwhile",["127.0.0.1"]]
string(9) "127.0.0.1"
string(9) "127.0.0.1"
string(9) "127.0.0.2"
string(3) "::1"
array(1) {
  [0]=>
  string(3) "::1"
}
string(9) "127.0.0.1"
string(9) "127.0.0.1"
string(9) "127.0.0.2"
string(3) "::1"
array(1) {
  [0]=>
  string(3) "::1"
}
array(1) {
  [0]=>
  string(9) "127.0.0.3"
}
-- none
bool(false)
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
-- too late
bool(false)
bool(true)
bool(false)
bool(true)
1 process
bool(false)
bool(true)
Swoole\Coroutine\CanceledException
bool(false)
bool(false)
bool(true)
bool(true)
-- refused

Warning: Swoole\Coroutine\System::gethostbyname(): domain name is empty in %s on line %d
bool(false)

Warning: Swoole\Coroutine\System::getaddrinfo(): hostname is empty in %s on line %d
bool(false)

Warning: Swoole\Coroutine\System::gethostbyname(): unknown protocol family, must be AF_INET or AF_INET6 in %s on line %d
bool(false)
Swoole\Error: API must be called in the coroutine
Swoole\Error: API must be called in the coroutine
TypeError: Swoole\Coroutine\System::gethostbyname(): Argument #1 ($domain_name) must be of type string, array given
