--TEST--
Each function of streams that waits lets others run: five calls overlap, and are answered when all have begun
--EXTENSIONS--
openssl
--FILE--
<?php
require __DIR__ . '/../socket/certificates.inc';
use Swoole\Coroutine as Co;
use function Swoole\Coroutine\{run, go};

/** Five calls begin to wait, then what they wait for is done; what they return. */
function overlap(string $name, callable $wait, callable $release): void
{
    $log = $results = [];
    $cids = [];
    foreach (range(0, 4) as $i) {
        $cids[] = go(function () use ($i, $wait, &$log, &$results) {
            $log[] = 'begins';
            $results[$i] = $wait($i);
            $log[] = 'ends';
        });
    }
    $log[] = 'release';
    foreach (range(0, 4) as $i) {
        $release($i);
    }
    Co::join($cids);
    ksort($results);
    $count = array_count_values(array_slice($log, 0, 6));
    echo $name, ': ', $count === ['begins' => 5, 'release' => 1] ? 'together' : implode(' ', $log), ', ', json_encode($results), "\n";
}

function pairs(int $type = STREAM_SOCK_STREAM): array
{
    return array_map(fn () => stream_socket_pair(STREAM_PF_UNIX, $type, 0), range(0, 4));
}

run(function () {
    $reads = [
        'fread' => fn ($s) => fread($s, 100),
        'fgets' => fgets(...),
        'fgetc' => fgetc(...),
        'fscanf' => fn ($s) => fscanf($s, '%s'),
        'fpassthru' => fpassthru(...),
        'stream_get_contents' => stream_get_contents(...),
        'stream_get_line' => fn ($s) => stream_get_line($s, 100, ';'),
        'stream_copy_to_stream' => fn ($s) => stream_copy_to_stream($s, fopen('php://memory', 'w')),
        'stream_socket_recvfrom' => fn ($s) => stream_socket_recvfrom($s, 100),
        'stream_socket_recvfrom that looks' => fn ($s) => stream_socket_recvfrom($s, 100, STREAM_PEEK),
        'stream_select' => function ($s) {
            $read = [$s];
            return stream_select($read, $none, $none, null);
        },
    ];
    foreach ($reads as $name => $read) {
        $pairs = pairs();
        ob_start();
        overlap($name, fn ($i) => $read($pairs[$i][0]), function ($i) use (&$pairs) {
            fwrite($pairs[$i][1], "n$i\n;");
            fclose($pairs[$i][1]);
        });
        echo preg_replace('/^(n\d\n;)+/', '', ob_get_clean());
    }

    $pairs = pairs();
    $fill = function ($stream) {
        stream_set_blocking($stream, false);
        while (@fwrite($stream, str_repeat('x', 10000)) > 0);
        stream_set_blocking($stream, true);
        return $stream;
    };
    array_map(fn ($pair) => $fill($pair[0]), $pairs);
    overlap('fwrite', fn ($i) => fwrite($pairs[$i][0], str_repeat('y', 500000)), fn ($i) => go(function () use ($pairs, $i) {
        while (!str_ends_with(fread($pairs[$i][1], 65536), 'y'));
        fread($pairs[$i][1], 500000);
        stream_get_contents($pairs[$i][1]);
    }));
    foreach ($pairs as $pair) {
        fclose($pair[0]);
    }
    $pairs = pairs();
    array_map(fn ($pair) => $fill($pair[0]), $pairs);
    overlap('stream_socket_sendto', fn ($i) => stream_socket_sendto($pairs[$i][0], str_repeat('y', 500000)), fn ($i) => go(fn () => stream_get_contents($pairs[$i][1])));
    foreach ($pairs as $pair) {
        fclose($pair[0]);
    }
    $pairs = pairs();
    array_map(fn ($pair) => $fill($pair[0]), $pairs);
    overlap('stream_select to write', function ($i) use ($pairs) {
        $write = [$pairs[$i][0]];
        return stream_select($none, $write, $none, 20);
    }, function ($i) use ($pairs) {
        stream_set_blocking($pairs[$i][1], false);
        while (fread($pairs[$i][1], 65536) !== '');
    });

    foreach (['tcp', 'unix'] as $kind) {
        $folder = sys_get_temp_dir() . '/streams-' . getmypid();
        $addresses = array_map(fn ($i) => $kind === 'tcp' ? '127.0.0.1:0' : "$folder-$i", range(0, 4));
        $servers = array_map(fn ($address) => stream_socket_server("$kind://$address"), $addresses);
        $clients = [];
        overlap("stream_socket_accept, $kind", fn ($i) => is_resource(stream_socket_accept($servers[$i])), function ($i) use ($servers, $kind, &$clients) {
            $clients[] = stream_socket_client("$kind://" . stream_socket_get_name($servers[$i], false));
        });
        array_map(unlink(...), glob("$folder*"));
    }
    $server = stream_socket_server("unix://$folder", context: stream_context_create(['socket' => ['backlog' => 0]]));
    $first = stream_socket_client("unix://$folder");
    overlap('stream_socket_client, unix with a full queue', fn () => is_resource(stream_socket_client("unix://$folder")), fn () => fclose(stream_socket_accept($server)));
    fclose(stream_socket_accept($server));
    unlink($folder);
    $udp = array_map(fn () => stream_socket_server('udp://127.0.0.1:0', $e, $m, STREAM_SERVER_BIND), range(0, 4));
    // Its time limit is for other functions.
    stream_set_timeout($udp[0], 0);
    overlap('stream_socket_recvfrom, udp', fn ($i) => stream_socket_recvfrom($udp[$i], 10, 0, $from) . is_string($from), fn ($i) => fwrite(stream_socket_client('udp://' . stream_socket_get_name($udp[$i], false)), "$i"));

    $server = stream_socket_server('tcp://127.0.0.1:0');
    $name = stream_socket_get_name($server, false);
    $port = explode(':', $name)[1];
    Co::set(['dns_cache_capacity' => 0]);
    overlap('a host by its name', fn ($i) => is_resource(stream_socket_client("tcp://localhost:$port")), fn () => null);
    foreach (range(0, 4) as $i) {
        stream_socket_accept($server);
    }
    overlap('fsockopen and an answer', function () use ($port) {
        $stream = fsockopen('127.0.0.1', (int) $port);
        return fgets($stream);
    }, fn ($i) => fwrite(stream_socket_accept($server), "answer\n"));
    overlap('file_get_contents', fn ($i) => file_get_contents("http://$name/$i"), function () use ($server) {
        $client = stream_socket_accept($server);
        $line = fgets($client);
        fwrite($client, "HTTP/1.0 200 OK\r\n\r\n$line");
    });

    $file = certificate('localhost');
    $trusting = stream_context_create(['ssl' => ['cafile' => $file, 'peer_name' => 'localhost']]);
    $clients = [];
    overlap('a handshake of TLS', function ($i) use ($name, $trusting, &$clients) {
        $clients[$i] = stream_socket_client("ssl://$name", $errno, $error, 20, STREAM_CLIENT_CONNECT, $trusting);
        return fgets($clients[$i]);
    }, function () use ($server, $file) {
        $client = stream_socket_accept($server);
        stream_context_set_option($client, 'ssl', 'local_cert', $file);
        var_dump(stream_socket_enable_crypto($client, true, STREAM_CRYPTO_METHOD_TLS_SERVER));
        fwrite($client, "hello\n");
    });
    $server = stream_socket_server('ssl://127.0.0.1:0', context: stream_context_create(['ssl' => ['local_cert' => $file]]));
    $name = stream_socket_get_name($server, false);
    $servers = [];
    overlap('data of TLS', function ($i) use ($name, $trusting) {
        $stream = stream_socket_client("tls://$name", $errno, $error, 20, STREAM_CLIENT_CONNECT, $trusting);
        $write = fwrite($stream, str_repeat('x', 1000000));
        return [$write, fgets($stream)];
    }, function ($i) use ($server, &$servers) {
        $servers[$i] = stream_socket_accept($server);
        $i === 4 && array_map(fn ($client) => go(fn () => [strlen(stream_get_contents($client, 1000000)), fwrite($client, "got it\n")]), $servers);
    });
});
?>
--EXPECT--
fread: together, ["n0\n;","n1\n;","n2\n;","n3\n;","n4\n;"]
fgets: together, ["n0\n","n1\n","n2\n","n3\n","n4\n"]
fgetc: together, ["n","n","n","n","n"]
fscanf: together, [["n0"],["n1"],["n2"],["n3"],["n4"]]
n0
;n1
;n2
;n3
;n4
;fpassthru: together, [4,4,4,4,4]
stream_get_contents: together, ["n0\n;","n1\n;","n2\n;","n3\n;","n4\n;"]
stream_get_line: together, ["n0\n","n1\n","n2\n","n3\n","n4\n"]
stream_copy_to_stream: together, [4,4,4,4,4]
stream_socket_recvfrom: together, ["n0\n;","n1\n;","n2\n;","n3\n;","n4\n;"]
stream_socket_recvfrom that looks: together, ["n0\n;","n1\n;","n2\n;","n3\n;","n4\n;"]
stream_select: together, [1,1,1,1,1]
fwrite: together, [500000,500000,500000,500000,500000]
stream_socket_sendto: together, [500000,500000,500000,500000,500000]
stream_select to write: together, [1,1,1,1,1]
stream_socket_accept, tcp: together, [true,true,true,true,true]
stream_socket_accept, unix: together, [true,true,true,true,true]
stream_socket_client, unix with a full queue: together, [true,true,true,true,true]
stream_socket_recvfrom, udp: together, ["01","11","21","31","41"]
a host by its name: together, [true,true,true,true,true]
fsockopen and an answer: together, ["answer\n","answer\n","answer\n","answer\n","answer\n"]
file_get_contents: together, ["GET \/0 HTTP\/1.1\r\n","GET \/1 HTTP\/1.1\r\n","GET \/2 HTTP\/1.1\r\n","GET \/3 HTTP\/1.1\r\n","GET \/4 HTTP\/1.1\r\n"]
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
a handshake of TLS: together, ["hello\n","hello\n","hello\n","hello\n","hello\n"]
data of TLS: together, [[1000000,"got it\n"],[1000000,"got it\n"],[1000000,"got it\n"],[1000000,"got it\n"],[1000000,"got it\n"]]
