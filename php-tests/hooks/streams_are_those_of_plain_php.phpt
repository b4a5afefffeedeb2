--TEST--
Calls of streams over TCP tell in a coroutine what they tell in plain PHP
--FILE--
<?php
require __DIR__ . '/peer.inc';

$listen = '$s["server"] = stream_socket_server("tcp://127.0.0.1:0"); return stream_socket_get_name($s["server"], false);';
$accept = '$s["c"] = stream_socket_accept($s["server"], 20); return is_resource($s["c"]);';
/** A connection to the peer, whose end is `$s["c"]`. */
$connect = function (Peer $peer) use ($listen, $accept) {
    $name = $peer($listen);
    $stream = stream_socket_client("tcp://$name", $errno, $error, 20);
    show($stream, $errno, $error, $peer($accept));
    return $stream;
};

compare([
    'lines, the end and metadata' => function (Peer $peer) use ($connect) {
        $stream = $connect($peer);
        meta($stream);
        show(stream_socket_get_name($stream, false), stream_socket_get_name($stream, true));
        show(fwrite($stream, "one\ntwo\n"), $peer('return fgets($s["c"]) . fgets($s["c"]);'));
        $peer('fwrite($s["c"], "alpha\nbeta\ngam");');
        show(fgets($stream), fread($stream, 2), fgetc($stream), fgets($stream), fread($stream, 3));
        meta($stream);
        $peer('fwrite($s["c"], "the rest"); fclose($s["c"]);');
        show(stream_get_contents($stream), fread($stream, 10), fgets($stream), feof($stream));
        meta($stream);
        show(fclose($stream), is_resource($stream));
    },
    'time-outs of reads' => function (Peer $peer) use ($connect) {
        $stream = $connect($peer);
        show(stream_set_timeout($stream, 0, 20000));
        show(fgets($stream), fread($stream, 5), fgetc($stream), stream_get_contents($stream), stream_get_line($stream, 10, ';'));
        meta($stream);
        $peer('fwrite($s["c"], "late\nhalf");');
        show(fgets($stream), fgets($stream));
        meta($stream);
        show(stream_set_timeout($stream, 0), fread($stream, 3));
        meta($stream);
        ini_set('default_socket_timeout', '0');
        $second = $connect($peer);
        show(fread($second, 3));
        meta($second);
        ini_restore('default_socket_timeout');
        ini_set('default_socket_timeout', '-1');
        $third = $connect($peer);
        $peer('fwrite($s["c"], "text");');
        show(fread($third, 3));
        ini_restore('default_socket_timeout');
    },
    'refused connections' => function (Peer $peer) use ($listen) {
        $name = $peer($listen);
        $peer('fclose($s["server"]);');
        [$host, $port] = explode(':', $name);
        show(fsockopen($host, (int) $port, $errno, $error, 20), $errno, $error);
        show(pfsockopen($host, (int) $port, $errno, $error, 20), $errno, $error);
        show(stream_socket_client("tcp://$name", $errno, $error, 20), $errno, $error);
        show(stream_socket_client("tcp://localhost:$port", $errno, $error, 20), $errno, $error);
        show(stream_socket_client("ssl://$name", $errno, $error, 20), $errno, $error);
        show(stream_socket_client("unix:///no/such/peer", $errno, $error, 20), $errno, $error);
        show(stream_socket_client("udg:///no/such/peer", $errno, $error, 20), $errno, $error);
        show(@file_get_contents("http://$name/"));
        show(file_get_contents("http://$name/"));
        show(fsockopen($host, (int) $port));
    },
    'names and addresses that are none' => function (Peer $peer) {
        foreach (['tcp://no-such-host.invalid:1', 'udp://no-such-host.invalid:1', 'ssl://no-such-host.invalid:1',
            'tcp://127.0.0.1', 'tcp://127.0.0.1:', 'tcp://[::1', 'tcp://[::1]80', 'tcp://:80', 'tcp://', '127.0.0.1:0', 'tcp://127.0.0.1:0/path',
            'tcp://a..b:1', 'tcp://' . str_repeat('a', 70) . '.invalid:1', 'tcp://' . str_repeat('a.', 300) . 'invalid:1',
            "tcp://127.0.0.1\0:80", 'unix://' . str_repeat('/peer', 50), 'unix://', 'tcp://255.255.255.255:1', 'tcp://127.0.0.1:99999'] as $name) {
            $errno = $error = null;
            try {
                show(stream_socket_client($name, $errno, $error, 20), $errno, $error);
            } catch (ValueError $e) {
                echo $e->getMessage(), "\n";
            }
        }
        // The engine sets no number here.
        show(stream_socket_client('foo://127.0.0.1:1'));
        show(fsockopen('no-such-host.invalid', 80, $errno, $error, 20), $errno, $error);
        show(stream_socket_server('tcp://no-such-host.invalid:0', $errno, $error), $errno, $error);
        show(stream_socket_server('tcp://localhost:0', $errno, $error), $errno, $error);
        show(file_get_contents('http://no-such-host.invalid/'));
    },
    'a connection that is not accepted in time' => function (Peer $peer) {
        $name = $peer('$s["server"] = stream_socket_server("tcp://127.0.0.1:0", context: stream_context_create(["socket" => ["backlog" => 0]])); return stream_socket_get_name($s["server"], false);');
        $streams = [];
        while ($stream = @stream_socket_client("tcp://$name", $errno, $error, 0.05)) {
            $streams[] = $stream;
        }
        show($stream, $errno, $error);
        show(stream_socket_client("ssl://$name", $errno, $error, 0.05), $errno, $error);
        show(stream_socket_client("tcp://$name", $errno, $error, 0.0), $errno, $error);
    },
    'half-closed connections' => function (Peer $peer) use ($connect) {
        $stream = $connect($peer);
        show(stream_socket_shutdown($stream, STREAM_SHUT_WR), $peer('return [fgets($s["c"]), feof($s["c"])];'));
        show(fwrite($stream, 'x'));
        $peer('fwrite($s["c"], "answer\n");');
        show(fgets($stream));
        meta($stream);
        show(stream_socket_shutdown($stream, STREAM_SHUT_RD), fgets($stream));
        meta($stream);
        $peer('fclose($s["c"]);');
    },
    'writes that fail' => function (Peer $peer) use ($connect) {
        $stream = $connect($peer);
        $peer('fclose($s["c"]);');
        while (@fwrite($stream, str_repeat('x', 1000)) !== false);
        show(fwrite($stream, 'x'), fwrite($stream, str_repeat('x', 100000)));
        meta($stream);
        fclose($stream);
        show(fwrite($stream, 'x'));
    },
    'a context that is told of progress' => function (Peer $peer) use ($listen, $accept) {
        $context = stream_context_create(params: ['notification' => function (int $code, int $severity, ?string $text, int $number, int $bytes): void {
            $code === STREAM_NOTIFY_PROGRESS && show($bytes);
        }]);
        $stream = stream_socket_client('tcp://' . $peer($listen), $errno, $error, 20, STREAM_CLIENT_CONNECT, $context);
        $peer($accept);
        show(fwrite($stream, 'four'));
        $peer->begin('usleep(20000); return fwrite($s["c"], "text");');
        show(fread($stream, 10), $peer->end());
        stream_set_timeout($stream, 0, 20000);
        show(fread($stream, 10));
        meta($stream);
        $peer('fclose($s["c"]);');
        show(fread($stream, 10), feof($stream));
    },
    'a connection that was reset' => function (Peer $peer) use ($connect) {
        $stream = $connect($peer);
        fwrite($stream, 'never read');
        $peer('$read = [$s["c"]]; $none = []; stream_select($read, $none, $none, 20); fclose($s["c"]);');
        [$read, $none] = [[$stream], []];
        show(stream_select($read, $none, $none, 20));
        // The first call reports the reset, and the next one a broken pipe.
        show(fwrite($stream, 'x'), fwrite($stream, 'y'));
        meta($stream);
    },
    'more than there is room for' => function (Peer $peer) use ($connect) {
        $stream = $connect($peer);
        $peer->begin('return strlen(stream_get_contents($s["c"], 3000000));');
        show(fwrite($stream, str_repeat('x', 3000000)), $peer->end());
        meta($stream);
        stream_set_timeout($stream, 0, 20000);
        $result = @fwrite($stream, str_repeat('x', 10000000));
        show(is_int($result), $result < 10000000);
        meta($stream);
        $peer('fclose($s["c"]);');
    },
    'streams that do not wait' => function (Peer $peer) use ($connect) {
        $stream = $connect($peer);
        show(stream_set_blocking($stream, false), fread($stream, 5), fgets($stream), stream_get_contents($stream));
        meta($stream);
        $peer('fwrite($s["c"], "text");');
        $read = [$stream];
        $none = [];
        show(stream_select($read, $none, $none, 20), fread($stream, 10), fwrite($stream, 'y'));
        show(is_int(fwrite($stream, str_repeat('x', 10000000))));
        show(stream_set_blocking($stream, true), stream_set_timeout($stream, 0, 1000), fread($stream, 1));
        meta($stream);
        $peer('fclose($s["c"]);');
        $async = stream_socket_client('tcp://' . $peer('$s["server"] = stream_socket_server("tcp://127.0.0.1:0"); return stream_socket_get_name($s["server"], false);'), $errno, $error, 20, STREAM_CLIENT_ASYNC_CONNECT | STREAM_CLIENT_CONNECT);
        $write = [$async];
        show($async, $errno, stream_select($none, $write, $none, 20));
        meta($async);
    },
    'accepting' => function (Peer $peer) {
        $server = stream_socket_server('tcp://127.0.0.1:0');
        meta($server);
        $name = stream_socket_get_name($server, false);
        show(stream_socket_accept($server, 0), stream_socket_accept($server, 0.02, $who), $who);
        show(stream_set_blocking($server, false), stream_socket_accept($server, 0.02));
        $peer('$s["c"] = stream_socket_client("tcp://' . $name . '"); fwrite($s["c"], "hello\n");');
        $client = stream_socket_accept($server, 20, $who);
        show($client, $who, fgets($client), fwrite($client, "you\n"), $peer('return fgets($s["c"]);'));
        meta($client);
        show(stream_socket_get_name($client, true) === $who, fread($server, 1), fwrite($server, 'x'));
        $peer('fclose($s["c"]);');
        show(fgets($client), feof($client));
        stream_set_blocking($server, true);
        $peer->begin('usleep(20000); $s["c"] = stream_socket_client("tcp://' . $name . '"); return 1;');
        show(stream_socket_accept($server), $peer->end());
        ini_set('default_socket_timeout', '0');
        show(stream_socket_accept($server));
        ini_restore('default_socket_timeout');
        show(stream_socket_accept($client, 0));
        // A socket that listens never has data.
        show(stream_set_timeout($server, 0, 20000), fread($server, 1));
        meta($server);
        fclose($server);
        show(stream_socket_accept($server, 0));
    },
    'http' => function (Peer $peer) {
        $name = $peer('$s["server"] = stream_socket_server("tcp://127.0.0.1:0"); return stream_socket_get_name($s["server"], false);');
        $answer = fn (string $text) => $peer->begin('$c = stream_socket_accept($s["server"], 20); $head = ""; while (trim($line = fgets($c)) !== "") { $head .= $line; } fwrite($c, ' . var_export($text, true) . '); fclose($c); return $head;');
        $answer("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nbody");
        show(file_get_contents("http://$name/path?x=1"), get_defined_vars()['http_response_header'], $peer->end());
        $answer("HTTP/1.1 404 Not Found\r\n\r\nnothing");
        show(file_get_contents("http://$name/"), $peer->end());
        $answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n3\r\nefg\r\n0\r\n\r\n");
        show(file("http://localhost:" . explode(':', $name)[1] . "/"), is_string($peer->end()));
        $answer("");
        show(file_get_contents("http://$name/"), is_string($peer->end()));
        $answer("HTTP/1.1 200 OK\r\n\r\n<?php return 'included';");
        $stream = fopen("http://$name/", 'r');
        meta($stream);
        show(fpassthru($stream), is_string($peer->end()));
        $context = stream_context_create(['http' => ['timeout' => 0.02, 'method' => 'POST', 'content' => 'data']]);
        $peer->begin('$c = stream_socket_accept($s["server"], 20); $s["c"] = $c; return fgets($c);');
        show(file_get_contents("http://$name/", context: $context), $peer->end());
    },
    'other functions that read and write' => function (Peer $peer) use ($connect) {
        $stream = $connect($peer);
        $peer('fwrite($s["c"], "12 words\nQ29kZWQ=");stream_socket_shutdown($s["c"], STREAM_SHUT_WR);');
        show(fscanf($stream, '%d %s'), stream_set_chunk_size($stream, 4), stream_set_read_buffer($stream, 0));
        stream_filter_append($stream, 'convert.base64-decode', STREAM_FILTER_READ);
        show(stream_get_contents($stream), feof($stream));
        $file = fopen('php://temp', 'w+');
        $stream = $connect($peer);
        $peer('fwrite($s["c"], str_repeat("0123456789", 5000)); fclose($s["c"]);');
        show(stream_copy_to_stream($stream, $file), ftell($file));
        show(fstat($stream)['mode'] & 0o170000, ftell($stream), fseek($stream, 0), ftruncate($stream, 0), flock($stream, LOCK_SH), stream_isatty($stream), stream_is_local($stream), stream_supports_lock($stream));
        $stream = $connect($peer);
        $peer('fwrite($s["c"], "abcdefg");');
        show(stream_socket_recvfrom($stream, 3, STREAM_PEEK), stream_socket_recvfrom($stream, 3, 0, $from), $from, stream_socket_recvfrom($stream, 3, STREAM_OOB));
        show(stream_socket_sendto($stream, 'hi'), stream_socket_sendto($stream, 'a', STREAM_OOB), $peer('return fread($s["c"], 9);'));
        $peer('fclose($s["c"]);');
        show(stream_socket_recvfrom($stream, 30), stream_socket_recvfrom($stream, 30));
        while (@stream_socket_sendto($stream, str_repeat('x', 1000)) > 0);
        show(stream_socket_sendto($stream, 'x'));
    },
    'persistent streams' => function (Peer $peer) use ($listen) {
        $name = $peer($listen);
        $open = fn () => stream_socket_client("tcp://$name", $errno, $error, 20, STREAM_CLIENT_CONNECT | STREAM_CLIENT_PERSISTENT);
        $stream = $open();
        $peer('$s["c"] = stream_socket_accept($s["server"]);');
        show($stream, (string) $stream === (string) $open(), get_resource_type($stream), fwrite($stream, "text\n"), $peer('return fgets($s["c"]);'));
        meta($stream);
        $peer('fclose($s["c"]);');
        show(fgets($stream), feof($stream));
        $again = $open();
        show((string) $again === (string) $stream, $peer('return is_resource(stream_socket_accept($s["server"]));'));
        show(fclose($again));
    },
]);
?>
--EXPECT--
lines, the end and metadata: the same
time-outs of reads: the same
refused connections: the same
names and addresses that are none: the same
a connection that is not accepted in time: the same
half-closed connections: the same
writes that fail: the same
a context that is told of progress: the same
a connection that was reset: the same
more than there is room for: the same
streams that do not wait: the same
accepting: the same
http: the same
other functions that read and write: the same
persistent streams: the same
