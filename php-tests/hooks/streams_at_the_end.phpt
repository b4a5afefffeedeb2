--TEST--
A program ends while coroutines wait in streams: nothing is told, nothing waits, and nothing is left
--EXTENSIONS--
openssl
--FILE--
<?php
use function Swoole\Coroutine\go;

set_error_handler(fn (int $level, string $text) => print("[$text]\n"));
Swoole\Coroutine::set(['enable_deadlock_check' => false, 'hook_flags' => SWOOLE_HOOK_ALL]);
$server = stream_socket_server('tcp://127.0.0.1:0');
$name = stream_socket_get_name($server, false);
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
class Reader
{
    public function __construct(private $stream)
    {
    }

    public function __destruct()
    {
        echo "destroyed\n";
        fwrite($this->stream, "more\n");
    }
}
go(function () use ($a) {
    try {
        while (true) {
            fgets($a);
        }
    } finally {
        echo "never\n";
    }
});
go(fn () => stream_socket_accept(stream_socket_server('tcp://127.0.0.1:0')));
go(fn () => file_get_contents("http://$name/"));
go(fn () => stream_socket_client("ssl://$name"));
go(function () use ($b) {
    $reader = new Reader($b);
    stream_get_contents($b);
});
go(function () {
    $read = $pair = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    stream_select($read, $none, $none, null);
});
Swoole\Event::defer(fn () => Swoole\Event::exit());
Swoole\Event::wait();
echo "bye\n";
?>
--EXPECT--
bye
destroyed
