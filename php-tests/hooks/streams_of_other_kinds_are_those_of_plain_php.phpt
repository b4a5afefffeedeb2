--TEST--
Unix and datagram sockets, pairs and stream_select() tell in a coroutine what they tell in plain PHP
--FILE--
<?php
require __DIR__ . '/peer.inc';

$path = sys_get_temp_dir() . '/peer-' . getmypid();
register_shutdown_function(fn () => array_map(unlink(...), glob("$path*")));
$none = [];

compare([
    'unix' => function (Peer $peer) use ($path) {
        @unlink("$path-stream");
        show($peer('$s["server"] = stream_socket_server("unix://' . "$path-stream" . '"); return is_resource($s["server"]);'));
        $stream = stream_socket_client("unix://$path-stream", $errno, $error, 20);
        show($errno, $error, $peer('$s["c"] = stream_socket_accept($s["server"]); return is_resource($s["c"]);'));
        meta($stream);
        show(stream_socket_get_name($stream, true), stream_socket_get_name($stream, false), fwrite($stream, "a\n"), $peer('return fgets($s["c"]);'));
        stream_set_timeout($stream, 0, 10000);
        show(fgets($stream));
        meta($stream);
        $peer('fwrite($s["c"], "answer"); fclose($s["c"]);');
        show(fgets($stream), feof($stream), fgets($stream));
        show(fsockopen("unix://$path-stream"), $peer('fclose($s["server"]);'));
        show(stream_socket_client("unix://$path-stream"));
        @unlink("$path-own");
        $server = stream_socket_server("unix://$path-own");
        meta($server);
        show(stream_socket_accept($server, 0.01, $who), $who, stream_socket_server("unix://$path-own", $errno, $error), $errno, $error);
        $peer('$s["c"] = stream_socket_client("unix://' . "$path-own" . '");');
        // The engine's name of a client without an address is whatever was in its memory.
        $client = stream_socket_accept($server, 20);
        meta($client);
        show(fwrite($client, "x\n"), $peer('return fgets($s["c"]);'));
    },
    'udp' => function (Peer $peer) {
        $name = $peer('$s["u"] = stream_socket_server("udp://127.0.0.1:0", $e, $m, STREAM_SERVER_BIND); return stream_socket_get_name($s["u"], false);');
        $stream = stream_socket_client("udp://$name", $errno, $error, 20);
        show($errno, $error);
        meta($stream);
        show(fwrite($stream, 'one'), stream_socket_sendto($stream, 'two'), $peer('$x = [stream_socket_recvfrom($s["u"], 10, 0, $s["from"]), stream_socket_recvfrom($s["u"], 10)]; return $x;'));
        $peer('stream_socket_sendto($s["u"], "an answer", 0, $s["from"]); stream_socket_sendto($s["u"], "more", 0, $s["from"]); stream_socket_sendto($s["u"], "", 0, $s["from"]);');
        show(stream_socket_recvfrom($stream, 2, STREAM_PEEK, $from), $from, stream_socket_recvfrom($stream, 4), fread($stream, 10), stream_socket_recvfrom($stream, 10, 0, $from), $from);
        stream_set_timeout($stream, 0, 10000);
        show(fread($stream, 10));
        meta($stream);
        show(stream_socket_sendto($stream, str_repeat('x', 70000)), fwrite($stream, str_repeat('x', 70000)), stream_socket_sendto($stream, 'x', 0, 'nowhere'));
        $peer('fclose($s["u"]);');
        show(fwrite($stream, 'x'), fwrite($stream, 'x'), fread($stream, 10));
        meta($stream);
        $own = stream_socket_server('udp://127.0.0.1:0', $errno, $error, STREAM_SERVER_BIND);
        meta($own);
        $name = stream_socket_get_name($own, false);
        $peer->begin('usleep(10000); $u = stream_socket_client("udp://' . $name . '"); fwrite($u, "late"); return 1;');
        show(stream_socket_recvfrom($own, 10, 0, $from), str_starts_with($from, '127.0.0.1:'), $peer->end());
        show(stream_set_blocking($own, false), stream_socket_recvfrom($own, 10), stream_socket_accept($own, 0));
    },
    'after an empty datagram, or one that nobody took' => function (Peer $peer) {
        $server = stream_socket_server('udp://127.0.0.1:0', $errno, $error, STREAM_SERVER_BIND);
        $name = stream_socket_get_name($server, false);
        $client = stream_socket_client("udp://$name");
        stream_set_timeout($server, 0, 20_000);
        stream_socket_sendto($client, '');
        show(fread($server, 10), feof($server));
        show(fread($server, 10), stream_get_meta_data($server)['timed_out']);
        stream_set_timeout($server, 20);
        $peer->begin('usleep(10000); $u = stream_socket_client("udp://' . $name . '"); fwrite($u, "late"); return 1;');
        show(fread($server, 10), $peer->end());
        stream_set_timeout($client, 0, 20_000);
        fclose($server);
        fwrite($client, 'x');
        show(fread($client, 10), feof($client));
        show(fread($client, 10), stream_get_meta_data($client)['timed_out']);
    },
    'udg' => function (Peer $peer) use ($path) {
        @unlink("$path-datagrams");
        $server = stream_socket_server("udg://$path-datagrams", $errno, $error, STREAM_SERVER_BIND);
        show($errno, $error);
        meta($server);
        $peer('$s["g"] = stream_socket_client("udg://' . "$path-datagrams" . '"); fwrite($s["g"], "one"); stream_socket_sendto($s["g"], "two");');
        show(stream_socket_recvfrom($server, 10, STREAM_PEEK), stream_socket_recvfrom($server, 10, 0, $from), $from, stream_socket_recvfrom($server, 1));
        $peer('fwrite($s["g"], "three");');
        $read = [$server];
        show(stream_select($read, $none, $none, 20), stream_socket_recvfrom($server, 10));
        $stream = stream_socket_client("udg://$path-datagrams");
        meta($stream);
        stream_set_blocking($stream, false);
        while (@fwrite($stream, 'x') > 0);
        stream_set_blocking($stream, true);
        stream_set_timeout($stream, 0, 10000);
        show(fwrite($stream, 'x'));
        meta($stream);
        fclose($server);
        show(fwrite($stream, 'x'), stream_socket_sendto($stream, 'x'));
    },
    'pairs' => function () {
        foreach ([STREAM_SOCK_STREAM, STREAM_SOCK_DGRAM] as $type) {
            [$a, $b] = stream_socket_pair(STREAM_PF_UNIX, $type, 0);
            meta($a);
            show(fwrite($a, 'text'), fread($b, 10), stream_socket_get_name($a, false), stream_set_timeout($b, 0, 10000), fread($b, 10));
            meta($b);
            show(stream_socket_recvfrom($b, 1, STREAM_OOB), stream_socket_shutdown($a, STREAM_SHUT_WR), fwrite($b, str_repeat('x', 1000)), strlen(fread($a, 8192)));
            fclose($a);
            show(fread($b, 10), feof($b), fwrite($b, 'x'));
            meta($b);
        }
        show(@stream_socket_pair(STREAM_PF_UNIX, 77, 0));
        show(stream_socket_pair(77, STREAM_SOCK_STREAM, 0));
        $pair = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        show(stream_set_timeout($pair[0], 0, 10000), stream_copy_to_stream(...[$pair[0], fopen('php://temp', 'w')]), stream_set_blocking($pair[0], false), fgets($pair[0]));
    },
    'stream_select' => function (Peer $peer) {
        $none = [];
        [$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        [$c, $d] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        $select = function (array|null $read, array|null $write, array|null $except, ...$time) {
            try {
                show(stream_select($read, $write, $except, ...$time), $read && array_keys($read), $write && array_keys($write), $except && array_keys($except));
            } catch (Throwable $e) {
                echo get_class($e), ': ', $e->getMessage(), "\n";
            }
        };
        $select(['x' => $a, 'y' => $c], null, null, 0);
        $select(['x' => $a, 'y' => $c], [], null, 0, 10000);
        $select([$a], [5 => $b, 7 => $d], null, 20);
        fwrite($b, "text\nmore");
        $select([3 => $a, 4 => $c], null, [8 => $a, 9 => $c], null);
        fgets($a);
        $select([3 => $a, 4 => $c], null, null, 20);
        fgets($a, 5);
        $select([3 => $a, 4 => $c], null, null, 0, 2000);
        fclose($d);
        $select(['end' => $c], ['room' => $a], null, null);
        $select([], [], [], 0);
        $select(null, null, null, 0);
        $select([$a], null, null, -1);
        $select([$a], null, null, 0, -1);
        $select([$a], null, null, null, 5);
        $select([$a], null, null, 'none');
        $select([$a], null, null, '0', true);
        $select([$a], null, null, 0.0);
        $select([$a, 'text'], null, null, 0);
        $select([$d], null, null, 0);
        $select([$d, $c], null, null, 0);
        $select([fopen(__FILE__, 'r'), $a], [fopen('php://memory', 'w')], null, 20);
        $select([fopen('php://memory', 'r')], null, null, 0);
        $select([$a]);
        $select([$a], null, null, 0, 0, 0);
        $name = $peer('$s["server"] = stream_socket_server("tcp://127.0.0.1:0"); return stream_socket_get_name($s["server"], false);');
        $tcp = stream_socket_client("tcp://$name");
        $peer('$s["c"] = stream_socket_accept($s["server"]);');
        $select([$tcp], [$tcp], [$tcp], 20);
        $peer('stream_socket_sendto($s["c"], "!", STREAM_OOB);');
        $select([$tcp], null, ['urgent' => $tcp], 20);
        show(stream_socket_recvfrom($tcp, 1, STREAM_OOB));
        $peer->begin('usleep(10000); fclose($s["c"]); return 1;');
        $select(['end' => $tcp], null, [$tcp], 20);
        show($peer->end());
    },
]);
?>
--EXPECT--
unix: the same
udp: the same
after an empty datagram, or one that nobody took: the same
udg: the same
pairs: the same
stream_select: the same
