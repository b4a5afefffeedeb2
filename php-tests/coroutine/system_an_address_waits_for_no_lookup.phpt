--TEST--
a name that is an address already is answered while as many lookups run as may, for functions of coroutines and for streams
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\{Socket, System};
use function Swoole\Coroutine\{go, run};

require __DIR__ . '/../support.inc';
Coroutine::set(['hook_flags' => SWOOLE_HOOK_TCP]);
run(function () {
    // A name server that never answers.
    $server = new Socket(AF_INET, SOCK_DGRAM);
    $server->bind('127.0.0.1');
    Coroutine::set(['dns_server' => '127.0.0.1:' . $server->getsockname()['port'], 'socket_dns_timeout' => 1]);
    for ($i = 0; $i < 32; $i++) {
        $cids[] = go(fn () => System::gethostbyname("name$i.test", AF_INET, 60));
    }
    var_dump(count(children()), System::gethostbyname('127.0.0.1', AF_INET, 1), System::dnsLookup('::1', 1, AF_INET6));
    var_dump(System::gethostbyname('::1', AF_INET, 1), swoole_last_error() === SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED);
    $listener = stream_socket_server('tcp://127.0.0.1:0');
    var_dump(is_resource(stream_socket_client('tcp://' . stream_socket_get_name($listener, false), timeout: 10)));
    array_map(Coroutine::cancel(...), $cids);
});
var_dump(children());
?>
--EXPECT--
int(32)
string(9) "127.0.0.1"
string(3) "::1"
bool(false)
bool(true)
bool(true)
array(0) {
}
