--TEST--
The loop, waitEvent() and swoole_select() watch a stream with TLS; Event::write() would not encrypt, and refuses it
--EXTENSIONS--
openssl
--FILE--
<?php
require __DIR__ . '/../socket/certificates.inc';
use Swoole\Coroutine\System;
use Swoole\Event;
use Swoole\Process;

$context = stream_context_create(['ssl' => ['local_cert' => certificate('localhost'), 'verify_peer' => false, 'verify_peer_name' => false]]);
$server = stream_socket_server('ssl://127.0.0.1:0', $code, $text, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, $context);
$child = new Process(function () use ($server) {
    $client = stream_socket_accept($server);
    while (($line = fgets($client)) !== false) {
        fwrite($client, "echo $line");
    }
});
$child->start();
$stream = stream_socket_client('ssl://' . stream_socket_get_name($server, false), context: $context);
fwrite($stream, "one\n");
echo Event::add($stream, function ($stream) {
    echo fgets($stream);
    var_dump(Event::isset($stream), Event::write($stream, "plain\n"), Event::del($stream));
}) === false ? "refused\n" : "added\n";
Event::wait();
fwrite($stream, "two\n");
$read = [$stream];
$none = null;
echo swoole_select($read, $none, $none, -1), ' ', fgets($stream);
fwrite($stream, "three\n");
Swoole\Coroutine\run(function () use ($stream) {
    var_dump(System::waitEvent($stream) === SWOOLE_EVENT_READ);
    echo fgets($stream);
});
fclose($stream);
Process::wait();
?>
--EXPECTF--
added
echo one

Warning: Swoole\Event::write(): the stream encrypts or filters what it sends: use fwrite() in %s on line %d
bool(true)
bool(false)
bool(true)
1 echo two
bool(true)
echo three
