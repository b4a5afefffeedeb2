--TEST--
a Coroutine\Server listens from its construction on: clients that connect before start() are served; what it says of itself
--FILE--
<?php
use Swoole\Coroutine\{Client, Server};
use Swoole\Coroutine\Server\Connection;
use function Swoole\Coroutine\{go, run};

$path = sys_get_temp_dir() . '/server-' . getmypid();
run(function () use ($path) {
    foreach (['127.0.0.1' => SWOOLE_SOCK_TCP, "unix:$path" => SWOOLE_SOCK_UNIX_STREAM] as $host => $type) {
        $server = new Server($host);
        var_dump($server->host === ($type === SWOOLE_SOCK_TCP ? $host : $path), $server->setting);
        $server->set(['open_eof_split' => true, 'package_eof' => "\n"]);
        echo json_encode($server->setting), "\n";
        $server->handle(function (Connection $connection) use ($server) {
            echo $connection->recv();
            $server->shutdown();
        });
        $client = new Client($type);
        var_dump($client->connect($server->host, $server->port, 5), $client->send("before the start\n"));
        var_dump($server->start());
    }
    var_dump((new Server('127.0.0.1', 0, true))->setting);
    try {
        new Server('127.0.0.1', 70000);
    } catch (Swoole\Exception $e) {
        echo $e->getMessage(), ' ', $e->getCode(), "\n";
    }
});
@unlink($path);
?>
--EXPECT--
bool(true)
array(1) {
  ["open_ssl"]=>
  bool(false)
}
{"open_ssl":false,"open_eof_split":true,"package_eof":"\n"}
bool(true)
int(17)
before the start
bool(true)
bool(true)
array(1) {
  ["open_ssl"]=>
  bool(false)
}
{"open_ssl":false,"open_eof_split":true,"package_eof":"\n"}
bool(true)
int(17)
before the start
bool(true)
array(1) {
  ["open_ssl"]=>
  bool(true)
}
bind(127.0.0.1:70000) failed 22
