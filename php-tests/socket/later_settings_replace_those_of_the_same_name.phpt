--TEST--
Coroutine\Client::set() and Coroutine\Server::set(): later settings replace those of the same name, numbers are appended
--FILE--
<?php
use Swoole\Coroutine\{Client, Server};
use function Swoole\Coroutine\run;

run(function () {
    $client = new Client(SWOOLE_SOCK_TCP);
    $server = new Server('127.0.0.1', 0);
    foreach ([$client, $server] as $object) {
        $object->set($first = ['timeout' => 1.0, 'open_eof_check' => true, 5 => 'five']);
        $object->set(['timeout' => 2.0, 'package_eof' => "\n", 5 => 'another']);
        $settings = $object->setting;
        echo json_encode($settings), ' ', count($settings), "\n";
        unset($settings['timeout']);
        var_dump(isset($settings['timeout']));
    }
    echo json_encode($first), "\n";
});
?>
--EXPECT--
{"timeout":2,"open_eof_check":true,"0":"five","package_eof":"\n","1":"another"} 5
bool(false)
{"open_ssl":false,"timeout":2,"open_eof_check":true,"0":"five","package_eof":"\n","1":"another"} 6
bool(false)
{"timeout":1,"open_eof_check":true,"5":"five"}
