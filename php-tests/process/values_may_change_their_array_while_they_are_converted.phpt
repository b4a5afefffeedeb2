--TEST--
A value that changes its own array while it is converted, through a reference, changes what comes later only
--FILE--
<?php
use Swoole\Coroutine\Socket;
use Swoole\Process;

/** Text that runs $code when it is asked for. */
class Text
{
    public function __construct(private string $text, private Closure $code)
    {
    }

    public function __toString(): string
    {
        ($this->code)();
        return $this->text;
    }
}

$env = [];
$env = ['A' => new Text('a', function () use (&$env) { $env['B'] = 'changed'; $env = null; }), 'B' => 'b', 'C' => 'c'];
$process = new Process(fn () => print getenv('A') . getenv('B') . getenv('C') . "\n");
$process->set(['env' => &$env]);
$process->start();
Process::wait();

Swoole\Coroutine\run(function () {
    $socket = new Socket(AF_INET, SOCK_STREAM, 0);
    $names = [];
    $names = [new Text('h2', function () use (&$names) { $names[1] = new stdClass(); $names = null; }), 'http/1.1', 'h3'];
    var_dump($socket->setProtocol(['open_ssl' => true, 'ssl_alpn_protocols' => &$names]));
    $certificates = [];
    $file = new Text('file', function () use (&$certificates) { $certificates['b'] = 'no array'; $certificates = null; });
    $certificates = ['a' => ['ssl_cert_file' => $file], 'b' => ['ssl_cert_file' => 'file'], 'c' => ['ssl_cert_file' => 'file']];
    var_dump($socket->setProtocol(['open_ssl' => true, 'ssl_sni_certs' => &$certificates]));
});

/** A stream that changes the variable $read when it is asked for its descriptor. */
class Stream
{
    public $context;

    public function stream_open(): bool
    {
        return true;
    }

    public function stream_cast()
    {
        $GLOBALS['read'][1] = 'no stream';
        $GLOBALS['read'] = null;
        return $GLOBALS['pair'][0];
    }
}
stream_wrapper_register('changing', Stream::class);
$pair = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
fwrite($pair[1], 'x');
$read = [fopen('changing://', 'r'), $pair[0], $pair[1]];
$none = null;
echo swoole_select($read, $none, $none), ' ', implode(' ', array_keys($read)), "\n";
?>
--EXPECT--
abc
bool(true)
bool(true)
2 0 1
