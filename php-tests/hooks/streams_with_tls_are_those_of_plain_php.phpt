--TEST--
Streams with TLS tell in a coroutine what they tell in plain PHP, on both sides
--EXTENSIONS--
openssl
--FILE--
<?php
require __DIR__ . '/../socket/certificates.inc';
require __DIR__ . '/peer.inc';

$file = certificate('localhost');
$context = stream_context_create(['ssl' => ['local_cert' => $file]]);
$server = '$s["server"] = stream_socket_server("%s://127.0.0.1:0", context: stream_context_create(["ssl" => ["local_cert" => "' . $file . '"]])); return stream_socket_get_name($s["server"], false);';
$accept = '$s["c"] = stream_socket_accept($s["server"], 20); return is_resource($s["c"]);';
$trusting = fn (array $more = []) => stream_context_create(['ssl' => $more + ['cafile' => $file, 'peer_name' => 'localhost']]);
$open = function (string $url, $context = null, float $time = 20) {
    $errno = $error = null;
    $stream = stream_socket_client($url, $errno, $error, $time, context: $context ?? stream_context_create());
    show($stream, $errno, $error);
    return $stream;
};

compare([
    'a client' => function (Peer $peer) use ($server, $accept, $trusting, $open) {
        foreach (['ssl', 'tls', 'tlsv1.2', 'tlsv1.3'] as $protocol) {
            $name = $peer(sprintf($server, $protocol));
            $peer->begin($accept);
            $stream = $open("$protocol://$name", $trusting(['capture_peer_cert' => true]));
            show($peer->end(), openssl_x509_parse(stream_context_get_options($stream)['ssl']['peer_certificate'])['subject']);
            meta($stream);
            show(fwrite($stream, "one\n"), $peer('return fgets($s["c"]);'));
            stream_set_timeout($stream, 0, 20000);
            show(fgets($stream), fread($stream, 4));
            meta($stream);
            $peer('fwrite($s["c"], "late\nand more");');
            $read = [$stream];
            show(stream_select($read, $none, $none, 20), fgets($stream), fread($stream, 8));
            $peer('fwrite($s["c"], str_repeat("x", 100000));');
            show(strlen(stream_get_contents($stream, 100000)));
            $peer->begin('return strlen(stream_get_contents($s["c"], 1000000));');
            show(fwrite($stream, str_repeat('y', 1000000)), $peer->end());
            $peer('fwrite($s["c"], "end"); fclose($s["c"]);');
            show(stream_get_contents($stream), feof($stream), fread($stream, 1));
            meta($stream);
        }
    },
    'peers that are not trusted' => function (Peer $peer) use ($server, $open, $trusting, $file) {
        $name = $peer(sprintf($server, 'ssl'));
        foreach ([[], ['verify_peer' => false], ['verify_peer' => false, 'verify_peer_name' => false], ['allow_self_signed' => true, 'verify_peer_name' => false], ['cafile' => $file],
            ['cafile' => $file, 'peer_name' => 'other'], ['cafile' => $file, 'verify_peer_name' => false, 'peer_fingerprint' => str_repeat('0', 40)]] as $options) {
            $peer->begin('$s["c"] = @stream_socket_accept($s["server"], 20); return 1;');
            $stream = $open("ssl://$name", stream_context_create(['ssl' => $options]));
            $stream && fclose($stream);
            $peer->end();
        }
        $peer->begin('$s["c"] = @stream_socket_accept($s["server"], 20); return 1;');
        $stream = $open('ssl://localhost:' . explode(':', $name)[1], stream_context_create(['ssl' => ['cafile' => $file]]));
        show($peer->end(), fclose($stream));
        $open("ssl://$name", stream_context_create(['ssl' => ['cafile' => '/no/such/file']]));
    },
    'peers that do not speak TLS' => function (Peer $peer) use ($server, $open) {
        $name = $peer(sprintf($server, 'tcp'));
        $open("ssl://$name", null, 0.05);
        $peer->begin('$c = stream_socket_accept($s["server"]); $c = stream_socket_accept($s["server"]); fwrite($c, "this is no TLS\n"); return 1;');
        $open("ssl://$name");
        $peer->end();
        // An end without a reset, which would come sooner or later than what it reads.
        $peer->begin('$s["c"] = stream_socket_accept($s["server"]); stream_socket_shutdown($s["c"], STREAM_SHUT_WR); return 1;');
        $open("ssl://$name");
        $peer->end();
    },
    'a session that begins later' => function (Peer $peer) use ($server, $accept, $open, $trusting) {
        $name = $peer(sprintf($server, 'tcp'));
        $stream = $open("tcp://$name", $trusting());
        $peer($accept);
        show(fwrite($stream, "begin\n"), $peer('return fgets($s["c"]);'));
        $peer->begin('return stream_socket_enable_crypto($s["c"], true, STREAM_CRYPTO_METHOD_TLS_SERVER);');
        show(stream_socket_enable_crypto($stream, true, STREAM_CRYPTO_METHOD_TLS_CLIENT), $peer->end());
        meta($stream);
        show(stream_socket_enable_crypto($stream, true, STREAM_CRYPTO_METHOD_TLS_CLIENT));
        show(fwrite($stream, "more\n"), $peer('return fgets($s["c"]);'));
        $peer('stream_socket_enable_crypto($s["c"], false); fwrite($s["c"], "plain\n");');
        show(stream_socket_enable_crypto($stream, false));
        meta($stream);
        $stream = $open("tcp://$name");
        $peer($accept);
        stream_set_blocking($stream, false);
        show(stream_socket_enable_crypto($stream, true, STREAM_CRYPTO_METHOD_TLS_CLIENT));
        meta($stream);
        $pair = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        show(stream_socket_enable_crypto($pair[0], true, STREAM_CRYPTO_METHOD_TLS_CLIENT));
    },
    'a server' => function (Peer $peer) use ($context, $file) {
        $server = stream_socket_server('ssl://127.0.0.1:0', context: $context);
        $name = stream_socket_get_name($server, false);
        show(stream_socket_accept($server, 0.02));
        $peer->begin('$s["c"] = stream_socket_client("ssl://' . $name . '", context: stream_context_create(["ssl" => ["cafile" => "' . $file . '", "peer_name" => "localhost"]])); return is_resource($s["c"]);');
        $client = stream_socket_accept($server, 20, $who);
        show($peer->end(), is_string($who));
        meta($client);
        show(fwrite($client, "hello\n"), $peer('return fgets($s["c"]);'), $peer('return fwrite($s["c"], "hi\n");'), fgets($client));
        $peer('fclose($s["c"]);');
        show(fgets($client), feof($client));
        $peer->begin('$c = stream_socket_client("tcp://' . $name . '"); fwrite($c, "GET / HTTP/1.0\r\n\r\n"); return 1;');
        show(stream_socket_accept($server, 20), $peer->end());
        $peer->begin('$s["c"] = stream_socket_client("tcp://' . $name . '"); return 1;');
        ini_set('default_socket_timeout', '0');
        $peer->end();
        $peer('fclose($s["c"]);');
        show(@stream_socket_accept($server, 20));
        ini_restore('default_socket_timeout');
        $bare = stream_socket_server('ssl://127.0.0.1:0');
        $peer->begin('$c = @stream_socket_client("ssl://' . stream_socket_get_name($bare, false) . '"); return 1;');
        show(stream_socket_accept($bare, 20), $peer->end());
    },
    'https' => function (Peer $peer) use ($server, $trusting, $file) {
        $name = $peer(sprintf($server, 'ssl'));
        $peer->begin('$c = stream_socket_accept($s["server"], 20); while (trim(fgets($c)) !== ""); fwrite($c, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"); fclose($c); return 1;');
        show(file_get_contents("https://$name/", context: $trusting()), $peer->end());
        $peer->begin('$c = @stream_socket_accept($s["server"], 20); return 1;');
        show(file_get_contents("https://$name/"), $peer->end());
    },
]);
?>
--EXPECT--
a client: the same
peers that are not trusted: the same
peers that do not speak TLS: the same
a session that begins later: the same
a server: the same
https: the same
