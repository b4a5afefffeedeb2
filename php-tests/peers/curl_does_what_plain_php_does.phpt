--TEST--
curl: a table of calls gives the same results, infos and errors in plain PHP and in a coroutine
--EXTENSIONS--
curl
openssl
--SKIPIF--
<?php require __DIR__ . '/skip.inc'; ?>
--FILE--
<?php
require __DIR__ . '/curl.inc';
require __DIR__ . '/../hooks/hooks.inc';

$nginx = web_server($certificate);
$base = "http://127.0.0.1:$nginx->port";
$folder = $nginx->folder;
$closed = stream_socket_server('tcp://127.0.0.1:0');
$nobody = 'http://' . stream_socket_get_name($closed, false) . '/';
fclose($closed);
// It accepts, and says nothing.
$silent = stream_socket_server('tcp://127.0.0.1:0');
$silence = 'http://' . stream_socket_get_name($silent, false) . '/';
$tls = [CURLOPT_UNIX_SOCKET_PATH => "$folder/tls", CURLOPT_CAINFO => $certificate];
/** What a callback was called with, without sizes that depend on the kernel. */
$log = function (string &$text, string $name, mixed $value = true) {
    return function () use (&$text, $name, $value) {
        usleep(100);
        $text .= "$name;";
        return $value instanceof Closure ? $value(...func_get_args()) : $value;
    };
};
$write = fn (string &$body) => function ($handle, string $data) use (&$body) {
    usleep(10);
    $body .= $data;
    return strlen($data);
};

$simple = [
    'a body' => ['/hello'], 'nothing' => ['/empty'], 'a large body' => ['/large'], 'not found' => ['/none'],
    'head' => ['/large', [CURLOPT_NOBODY => true]],
    'with header' => ['/hello', [CURLOPT_HEADER => true]],
    'failing on error' => ['/none', [CURLOPT_FAILONERROR => true]],
    'redirect that is not followed' => ['/away'],
    'redirects' => ['/far', [CURLOPT_FOLLOWLOCATION => true]],
    'redirects with headers' => ['/far', [CURLOPT_FOLLOWLOCATION => true, CURLOPT_HEADER => true]],
    'too many redirects' => ['/around', [CURLOPT_FOLLOWLOCATION => true, CURLOPT_MAXREDIRS => 3]],
    'redirect with referer' => ['/see', [CURLOPT_FOLLOWLOCATION => true, CURLOPT_AUTOREFERER => true]],
    'post, redirected to get' => ['/see', [CURLOPT_FOLLOWLOCATION => true, CURLOPT_POSTFIELDS => 'a=b']],
    'post, redirected to post' => ['/keep', [CURLOPT_FOLLOWLOCATION => true, CURLOPT_POSTFIELDS => 'a=b']],
    'post of a text' => ['/echo', [CURLOPT_POSTFIELDS => 'one=1&two=2']],
    'post of an array' => ['/echo', [CURLOPT_POSTFIELDS => ['x' => 'y']]],
    'post of nothing' => ['/echo', [CURLOPT_POST => true, CURLOPT_POSTFIELDS => '']],
    'large post' => ['/hello', [CURLOPT_POSTFIELDS => str_repeat('x', 300000)]],
    'post without expecting' => ['/hello', [CURLOPT_POSTFIELDS => str_repeat('x', 100000), CURLOPT_HTTPHEADER => ['Expect:']]],
    'own method' => ['/echo', [CURLOPT_CUSTOMREQUEST => 'PATCH', CURLOPT_POSTFIELDS => 'patch']],
    'put by method' => ['/put-1', [CURLOPT_CUSTOMREQUEST => 'PUT', CURLOPT_POSTFIELDS => 'data']],
    'delete' => ['/put-1', [CURLOPT_CUSTOMREQUEST => 'DELETE']],
    'own header' => ['/echo', [CURLOPT_HTTPHEADER => ['X-Own: mine', 'Content-Type: application/json'], CURLOPT_POSTFIELDS => '[1]']],
    'own cookie' => ['/echo', [CURLOPT_COOKIE => 'c=1; d=2']],
    'agent and referer' => ['/echo', [CURLOPT_USERAGENT => 'agent', CURLOPT_REFERER => 'http://there/']],
    'bearer' => ['/echo', [CURLOPT_HTTPAUTH => CURLAUTH_BEARER, CURLOPT_XOAUTH2_BEARER => 'token']],
    'password' => ['/secret', [CURLOPT_USERPWD => 'user:password']],
    'wrong password' => ['/secret', [CURLOPT_USERPWD => 'user:wrong']],
    'any kind of password' => ['/secret', [CURLOPT_USERPWD => 'user:password', CURLOPT_HTTPAUTH => CURLAUTH_ANY]],
    'no password' => ['/secret'],
    'encoded' => ['/text.txt', [CURLOPT_ENCODING => 'gzip']],
    'any encoding' => ['/text.txt', [CURLOPT_ENCODING => '']],
    'encoded, left so' => ['/text.txt', [CURLOPT_HTTPHEADER => ['Accept-Encoding: gzip']]],
    'a range' => ['/large', [CURLOPT_RANGE => '10-19']],
    'ranges' => ['/large', [CURLOPT_RANGE => '0-1']],
    'from the middle' => ['/large', [CURLOPT_RESUME_FROM => 103990]],
    'from beyond the end' => ['/large', [CURLOPT_RESUME_FROM => 200000]],
    'HTTP/1.0' => ['/hello', [CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_0]],
    'HTTP/2 by upgrade, which is refused' => ['/hello', [CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_2_0]],
    'too large' => ['/large', [CURLOPT_MAXFILESIZE => 100]],
    'file time' => ['/large', [CURLOPT_FILETIME => true]],
    'no connection for others' => ['/hello', [CURLOPT_FORBID_REUSE => true]],
    'fresh connection' => ['/hello', [CURLOPT_FRESH_CONNECT => true]],
    'small buffer' => ['/large', [CURLOPT_BUFFERSIZE => 1024]],
    'no signals' => ['/hello', [CURLOPT_NOSIGNAL => true]],
    'without time limit' => ['/hello', [CURLOPT_TIMEOUT => 0]],
    'limits of speed' => ['/slow/text.txt', [CURLOPT_LOW_SPEED_LIMIT => 10, CURLOPT_LOW_SPEED_TIME => 10]],
    'by IPv4' => ['/hello', [CURLOPT_IPRESOLVE => CURL_IPRESOLVE_V4]],
    'from an interface' => ['/hello', [CURLOPT_INTERFACE => '127.0.0.1']],
    'from a wrong interface' => ['/hello', [CURLOPT_INTERFACE => 'nowhere0']],
    'sent header in info' => ['/hello', [CURLINFO_HEADER_OUT => true]],
    'connection that is closed' => ['/close'],
    'refusing protocols' => ['/hello', [CURLOPT_PROTOCOLS => CURLPROTO_HTTPS]],
    'by a proxy that is not there' => ['/hello', [CURLOPT_PROXY => substr($nobody, 7)]],
    'by a proxy' => ['/hello', [CURLOPT_PROXY => "127.0.0.1:$nginx->port"]],
    'tunnel that is refused' => ['/hello', [CURLOPT_PROXY => "127.0.0.1:$nginx->port", CURLOPT_HTTPPROXYTUNNEL => true]],
    'condition of time' => ['/large', [CURLOPT_TIMECONDITION => CURL_TIMECOND_IFMODSINCE, CURLOPT_TIMEVALUE => 4000000000]],
    'transfer of text' => ['/hello', [CURLOPT_TRANSFERTEXT => true]],
    'raw transfer' => ['/echo', [CURLOPT_HTTP_TRANSFER_DECODING => false]],
    'HTTP/0.9' => ['/hello', [CURLOPT_HTTP09_ALLOWED => true]],
];
$calls = [];
foreach ($simple as $name => $of) {
    $calls[$name] = fn () => get($base . $of[0], $of[1] ?? []);
}
foreach (['/hello', '/large', '/none', '/far', '/echo', '/close'] as $path) {
    $calls["TLS and HTTP/2: $path"] = fn () => get("https://localhost$path", $tls + [CURLOPT_FOLLOWLOCATION => true]);
    $calls["TLS: $path"] = fn () => get("https://localhost$path", $tls + [CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_1]);
    $calls["HTTP/2: $path"] = fn () => get("http://localhost$path", [CURLOPT_UNIX_SOCKET_PATH => "$folder/h2c", CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE]);
}
$calls += [
    'HTTP/2: post' => fn () => get('https://localhost/echo', $tls + [CURLOPT_POSTFIELDS => str_repeat('p', 3000)]),
    'TLS: unknown authority' => fn () => get('https://localhost/hello', [CURLOPT_CAINFO => "$folder/none"] + $tls),
    'TLS: other name' => fn () => get('https://other/hello', $tls),
    'TLS: not verified' => fn () => get('https://other/hello', [CURLOPT_SSL_VERIFYHOST => 0, CURLOPT_SSL_VERIFYPEER => false] + $tls),
    'TLS: wrong key' => fn () => get('https://localhost/hello', $tls + [CURLOPT_PINNEDPUBLICKEY => 'sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=']),
    'TLS: certificate in info' => fn () => count(curl_getinfo((function () use ($tls) { $h = handle('https://localhost/hello', $tls + [CURLOPT_CERTINFO => true]); curl_exec($h); return $h; })(), CURLINFO_CERTINFO)),
    'TLS spoken to a server without' => fn () => get(str_replace('http', 'https', $base) . '/hello'),
    'no TLS spoken to a server with' => fn () => get('http://localhost/hello', $tls),
    'nobody listens' => fn () => get($nobody),
    'path where nobody listens' => fn () => get('http://localhost/', [CURLOPT_UNIX_SOCKET_PATH => "$folder/none"]),
    'unknown host' => fn () => get('http://host.invalid/'),
    'unknown protocol' => fn () => get('nothing://host/'),
    'no address' => fn () => get(''),
    'bad address' => fn () => get('http://[::1'),
    // How far it has come by then depends on the machine.
    'time limit' => fn () => array_slice(get("$base/slow/large", [CURLOPT_TIMEOUT_MS => 50]), 0, 3),
    'silence' => fn () => array_slice(get($silence, [CURLOPT_TIMEOUT_MS => 30]), 0, 3),
    'silence in a handshake' => fn () => array_slice(get(str_replace('http', 'https', $silence), [CURLOPT_CONNECTTIMEOUT_MS => 30]), 0, 3),
    'silence of a proxy' => fn () => array_slice(get("$base/hello", [CURLOPT_PROXY => substr($silence, 7), CURLOPT_TIMEOUT_MS => 30]), 0, 3),
    'no slower than that' => fn () => array_slice(get($silence, [CURLOPT_LOW_SPEED_LIMIT => 10, CURLOPT_LOW_SPEED_TIME => 1]), 0, 2),
    'host that is told' => fn () => get("http://told:$nginx->port/hello", [CURLOPT_RESOLVE => ["told:$nginx->port:127.0.0.1"]]),
    'host that is told to be another' => fn () => get('http://told:1/hello', [CURLOPT_CONNECT_TO => ["told:1:127.0.0.1:$nginx->port"]]),
    'a file' => fn () => get("file://$folder/open"),
    'no such file' => fn () => get("file://$folder/none"),
    'into a file' => function () use ($base, $folder) {
        $file = fopen("$folder/into", 'w+');
        $result = get("$base/large", [CURLOPT_RETURNTRANSFER => false, CURLOPT_FILE => $file]);
        rewind($file);
        return [$result, md5(stream_get_contents($file))];
    },
    'into two files' => function () use ($base, $folder) {
        [$file, $header] = [fopen("$folder/into", 'w+'), fopen("$folder/header", 'w+')];
        $result = get("$base/away", [CURLOPT_RETURNTRANSFER => false, CURLOPT_FILE => $file, CURLOPT_WRITEHEADER => $header, CURLOPT_FOLLOWLOCATION => true]);
        rewind($file);
        rewind($header);
        return [$result, stream_get_contents($file), steady(stream_get_contents($header))];
    },
    'into the output' => fn () => get("$base/hello", [CURLOPT_RETURNTRANSFER => false]),
    'with words' => function () use ($base, $folder) {
        $file = fopen("$folder/words", 'w+');
        $result = get("$base/hello", [CURLOPT_VERBOSE => true, CURLOPT_STDERR => $file]);
        rewind($file);
        return [$result, str_contains(stream_get_contents($file), 'GET /hello')];
    },
    'upload of a file' => function () use ($base, $folder) {
        $file = fopen("$folder/large", 'r');
        return [get("$base/up-1", [CURLOPT_UPLOAD => true, CURLOPT_INFILE => $file, CURLOPT_INFILESIZE => 104000]), md5_file("$folder/up-1"), unlink("$folder/up-1")];
    },
    'upload by a callback' => function () use ($base, $folder) {
        $left = 5;
        $read = function ($handle, $file, int $most) use (&$left) {
            usleep(100);
            return $left-- > 0 ? str_repeat('u', 100) : '';
        };
        return [get("$base/up-2", [CURLOPT_UPLOAD => true, CURLOPT_READFUNCTION => $read, CURLOPT_INFILESIZE => 500]), md5_file("$folder/up-2"), unlink("$folder/up-2")];
    },
    'upload that is broken off' => fn () => get("$base/up-3", [CURLOPT_UPLOAD => true, CURLOPT_READFUNCTION => fn () => 0x10000000, CURLOPT_INFILESIZE => 500]),
    'post of files' => fn () => get("$base/hello", [CURLOPT_POSTFIELDS => ['file' => new CURLFile("$folder/large"), 'text' => new CURLStringFile('text', 'name')]]),
    'writing and yielding' => function () use ($base, $write) {
        $body = $header = '';
        return [get("$base/large", [CURLOPT_WRITEFUNCTION => $write($body), CURLOPT_HEADERFUNCTION => $write($header)]), md5($body), steady($header)];
    },
    'HTTP/2: writing and yielding' => function () use ($tls, $write) {
        $body = $header = '';
        return [get('https://localhost/large', $tls + [CURLOPT_WRITEFUNCTION => $write($body), CURLOPT_HEADERFUNCTION => $write($header)]), md5($body), steady($header)];
    },
    'writing less' => fn () => get("$base/hello", [CURLOPT_WRITEFUNCTION => fn () => 1]),
    'writing nothing' => fn () => get("$base/hello", [CURLOPT_WRITEFUNCTION => function () { usleep(10); }]),
    'breaking off at a header' => fn () => get("$base/hello", [CURLOPT_HEADERFUNCTION => fn () => 0]),
    'progress' => function () use ($base) {
        $last = null;
        $count = 0;
        $progress = function ($handle, ...$numbers) use (&$last, &$count) { usleep(10); $count++; $last = $numbers; return 0; };
        return [get("$base/large", [CURLOPT_NOPROGRESS => false, CURLOPT_PROGRESSFUNCTION => $progress]), $last, $count > 1];
    },
    'breaking off at progress' => fn () => get("$base/large", [CURLOPT_NOPROGRESS => false, CURLOPT_PROGRESSFUNCTION => function () { usleep(10); return 1; }]),
    'breaking off at progress, newer' => fn () => defined('CURLOPT_XFERINFOFUNCTION') ? get("$base/large", [CURLOPT_NOPROGRESS => false, CURLOPT_XFERINFOFUNCTION => fn () => 1]) : null,
    'exception while writing' => fn () => get("$base/hello", [CURLOPT_WRITEFUNCTION => fn () => throw new Exception('written')]),
    'exception at a header' => fn () => get("$base/hello", [CURLOPT_HEADERFUNCTION => function () { usleep(10); throw new Exception('header'); }]),
    'exception at progress' => fn () => get("$base/hello", [CURLOPT_NOPROGRESS => false, CURLOPT_PROGRESSFUNCTION => fn () => throw new Exception('progress')]),
    'errors after exceptions' => function () use ($base) {
        $told = [];
        foreach ([CURLOPT_WRITEFUNCTION, CURLOPT_HEADERFUNCTION, CURLOPT_PROGRESSFUNCTION] as $option) {
            $handle = handle("$base/hello", [CURLOPT_NOPROGRESS => $option !== CURLOPT_PROGRESSFUNCTION, $option => fn () => throw new Exception("at $option")]);
            try {
                $told[] = curl_exec($handle);
            } catch (Exception $e) {
                $told[] = [$e->getMessage(), curl_errno($handle), curl_error($handle), info($handle)];
            }
            curl_setopt_array($handle, [$option => null, CURLOPT_NOPROGRESS => true, CURLOPT_RETURNTRANSFER => true]);
            $told[] = transfer($handle);
        }
        return $told;
    },
    'error in a callback' => fn () => get("$base/hello", [CURLOPT_WRITEFUNCTION => fn () => nothing_of_this_name()]),
    'callback that does not exist' => fn () => get("$base/hello", [CURLOPT_WRITEFUNCTION => 'nothing_of_this_name']),
    'transfer in a callback' => function () use ($base) {
        $inner = null;
        $header = function ($handle, string $line) use ($base, &$inner) { $inner ??= get("$base/hello"); return strlen($line); };
        return [get("$base/large", [CURLOPT_HEADERFUNCTION => $header]), $inner];
    },
    'the same transfer in its callback' => function () use ($base) {
        $inner = null;
        $header = function ($handle, string $line) use (&$inner) { $inner ??= [curl_exec($handle), curl_errno($handle)]; return strlen($line); };
        return [get("$base/hello", [CURLOPT_HEADERFUNCTION => $header]), $inner];
    },
    'reset in a callback' => fn () => get("$base/hello", [CURLOPT_HEADERFUNCTION => function ($handle, string $line) { curl_reset($handle); return strlen($line); }]),
    'copy in a callback' => function () use ($base) {
        $copy = null;
        $result = get("$base/hello", [CURLOPT_HEADERFUNCTION => function ($handle, string $line) use (&$copy) { $copy ??= curl_copy_handle($handle); return strlen($line); }]);
        return [$result, transfer($copy)];
    },
    'options in a callback' => function () use ($base) {
        $handle = handle("$base/hello", [CURLOPT_HEADERFUNCTION => function ($handle, string $line) { curl_setopt($handle, CURLOPT_PRIVATE, 'mine'); return strlen($line); }]);
        return [transfer($handle), curl_getinfo($handle, CURLINFO_PRIVATE)];
    },
    'paused, and going on' => function () use ($base) {
        [$body, $paused] = ['', false];
        $write = function ($handle, string $data) use (&$body, &$paused) {
            if (!$paused) {
                $paused = true;
                return CURL_WRITEFUNC_PAUSE;
            }
            $body .= $data;
            return strlen($data);
        };
        $progress = function ($handle) use (&$paused) { $paused && curl_pause($handle, CURLPAUSE_CONT); return 0; };
        return [get("$base/hello", [CURLOPT_WRITEFUNCTION => $write, CURLOPT_NOPROGRESS => false, CURLOPT_PROGRESSFUNCTION => $progress]), $body];
    },
    'one handle for many' => function () use ($base) {
        $handle = handle("$base/hello");
        $told = [transfer($handle), transfer($handle)];
        foreach (['/large', '/none', '/close', '/hello', '/away'] as $path) {
            curl_setopt($handle, CURLOPT_URL, "$base$path");
            $told[] = transfer($handle);
        }
        return $told;
    },
    'reset, and again' => function () use ($base) {
        $handle = handle("$base/hello", [CURLOPT_HEADER => true]);
        $told = [transfer($handle)];
        curl_reset($handle);
        curl_setopt_array($handle, [CURLOPT_URL => "$base/hello", CURLOPT_RETURNTRANSFER => true]);
        return [...$told, transfer($handle)];
    },
    'copied' => function () use ($base) {
        $handle = handle("$base/hello", [CURLOPT_HTTPHEADER => ['X-Own: copied']]);
        $told = [transfer($handle)];
        $copy = curl_copy_handle($handle);
        unset($handle);
        curl_setopt($copy, CURLOPT_URL, "$base/echo");
        return [...$told, transfer($copy), transfer($copy)];
    },
    'HTTP/2: one handle for many' => function () use ($tls) {
        $handle = handle('https://localhost/hello', $tls);
        return [transfer($handle), transfer($handle), transfer($handle)];
    },
    'several servers by one handle' => function () use ($base, $folder) {
        $handle = handle("$base/hello");
        $told = [];
        foreach ([null, "$folder/plain", null, "$folder/plain", null] as $path) {
            curl_setopt($handle, CURLOPT_UNIX_SOCKET_PATH, $path);
            $told[] = transfer($handle);
        }
        return $told;
    },
    'cookies' => function () use ($base, $folder) {
        $handle = handle("$base/cookie", [CURLOPT_COOKIEFILE => '', CURLOPT_COOKIEJAR => "$folder/jar"]);
        $told = [transfer($handle), curl_getinfo($handle, CURLINFO_COOKIELIST)];
        curl_setopt($handle, CURLOPT_URL, "$base/echo");
        $told[] = transfer($handle);
        unset($handle);
        return [...$told, preg_replace('/^# .*/m', '', file_get_contents("$folder/jar")), get("$base/echo", [CURLOPT_COOKIEFILE => "$folder/jar"])];
    },
    'cookies on demand' => function () use ($base, $folder) {
        $handle = handle("$base/cookie", [CURLOPT_COOKIEFILE => '', CURLOPT_COOKIEJAR => "$folder/jar-2"]);
        curl_exec($handle);
        curl_setopt($handle, CURLOPT_COOKIELIST, 'FLUSH');
        $there = file_exists("$folder/jar-2");
        curl_setopt($handle, CURLOPT_COOKIELIST, 'ALL');
        return [$there, curl_getinfo($handle, CURLINFO_COOKIELIST), unlink("$folder/jar-2")];
    },
    'shared' => function () use ($base, $tls) {
        $share = curl_share_init();
        foreach ([CURL_LOCK_DATA_COOKIE, CURL_LOCK_DATA_DNS, CURL_LOCK_DATA_SSL_SESSION] as $what) {
            curl_share_setopt($share, CURLSHOPT_SHARE, $what);
        }
        return [get("$base/cookie", [CURLOPT_SHARE => $share, CURLOPT_COOKIEFILE => '']), get("$base/echo", [CURLOPT_SHARE => $share]),
            get('https://localhost/hello', $tls + [CURLOPT_SHARE => $share]), get('https://localhost/hello', $tls + [CURLOPT_SHARE => $share])];
    },
    'shared connections' => function () use ($base, $tls) {
        $share = curl_share_init();
        curl_share_setopt($share, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT);
        $told = [];
        for ($i = 0; $i < 3; $i++) {
            $told[] = get("$base/hello", [CURLOPT_SHARE => $share]);
            $told[] = get('https://localhost/hello', $tls + [CURLOPT_SHARE => $share]);
        }
        return $told;
    },
    'kept up' => function () use ($base) {
        $handle = handle("$base/hello");
        curl_exec($handle);
        return [!function_exists('curl_upkeep') || curl_upkeep($handle), transfer($handle)];
    },
    'freed at once' => fn () => curl_exec(handle("$base/hello")),
    'closed' => function () use ($base) { $handle = handle("$base/hello"); curl_exec($handle); curl_close($handle); return transfer($handle); },
    'handle of a multi handle' => function () use ($base) {
        $multi = curl_multi_init();
        $handle = handle("$base/hello");
        curl_multi_add_handle($multi, $handle);
        $told = [transfer($handle)];
        curl_multi_remove_handle($multi, $handle);
        return [...$told, transfer($handle)];
    },
    'in a destructor that the collector of cycles calls' => function () use ($base) {
        $told = null;
        $object = new class (function () use ($base, &$told) { $told = get("$base/hello"); }) {
            public $self;

            public function __construct(private Closure $end)
            {
                $this->self = $this;
            }

            public function __destruct()
            {
                ($this->end)();
            }
        };
        unset($object);
        gc_collect_cycles();
        return $told;
    },
    'in a fiber' => function () use ($base) {
        $fiber = new Fiber(fn () => get("$base/hello"));
        $fiber->start();
        return $fiber->getReturn();
    },
    'in a generator' => fn () => iterator_to_array((function () use ($base) { yield get("$base/hello"); yield get("$base/none"); })()),
    'wrong arguments' => fn () => [curl_exec('handle')],
];

// Which transfer uses the connection of another one depends on which is faster, where there may be several connections.
$many = function (array $paths, array $options = [], array $multi_options = []) use ($base) {
    $with_connects = count($paths) < 2 || $multi_options || isset($options[CURLOPT_PIPEWAIT]);
    $multi = curl_multi_init();
    foreach ($multi_options as $option => $value) {
        curl_multi_setopt($multi, $option, $value);
    }
    $handles = [];
    foreach ($paths as $path) {
        curl_multi_add_handle($multi, $handles[] = handle(str_contains($path, ':') ? $path : "$base$path", $options));
    }
    $told = [];
    do {
        $code = curl_multi_exec($multi, $running);
        while ($message = curl_multi_info_read($multi)) {
            $told[array_search($message['handle'], $handles, true)] = [$message['msg'], $message['result']];
        }
    } while ($code === CURLM_OK && $running && curl_multi_select($multi) !== -1);
    foreach ($handles as $i => $handle) {
        $told[$i] = steady_all([...$told[$i], md5((string) curl_multi_getcontent($handle)), curl_errno($handle), curl_error($handle), $with_connects ? info($handle) : ['connects' => '?'] + info($handle)]);
        curl_multi_remove_handle($multi, $handle);
    }
    ksort($told);
    return [$code, $running, curl_multi_errno($multi), $told];
};
$calls += [
    'multi: one' => fn () => $many(['/hello']),
    'multi: none' => fn () => $many([]),
    'multi: several' => fn () => $many(['/hello', '/large', '/none', '/far', '/echo'], [CURLOPT_FOLLOWLOCATION => true]),
    'multi: errors' => fn () => $many([$nobody, '/close', 'http://host.invalid/', '/hello', 'nothing://host', '/around'], [CURLOPT_FOLLOWLOCATION => true, CURLOPT_MAXREDIRS => 2]),
    'multi: time limit' => fn () => array_map(fn (array $told) => [$told[1], $told[3], $told[4]], $many(['/slow/large', $silence], [CURLOPT_TIMEOUT_MS => 50])[3]),
    'multi: fifty' => fn () => $many(array_fill(0, 50, '/text.txt'), [CURLOPT_FORBID_REUSE => true]),
    'multi: one after the other' => fn () => $many(array_fill(0, 5, '/hello'), [], [CURLMOPT_MAX_TOTAL_CONNECTIONS => 1]),
    'multi: no more connections for a host' => fn () => $many(array_fill(0, 5, '/hello'), [], [CURLMOPT_MAX_HOST_CONNECTIONS => 1]),
    'multi: HTTP/2 by one connection' => fn () => $many(array_fill(0, 10, 'https://localhost/hello'), $tls + [CURLOPT_PIPEWAIT => true]),
    'multi: TLS' => fn () => $many(array_fill(0, 5, 'https://localhost/text.txt'), $tls + [CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_1]),
    'multi: callbacks that yield' => function () use ($many, $write) {
        $body = $header = '';
        $result = $many(['/large', '/large'], [CURLOPT_WRITEFUNCTION => $write($body), CURLOPT_HEADERFUNCTION => $write($header)]);
        return [$result, strlen($body)];
    },
    'multi: exception' => fn () => $many(['/hello'], [CURLOPT_WRITEFUNCTION => function () { usleep(10); throw new Exception('multi'); }]),
    'multi: select of nothing' => fn () => [curl_multi_select(curl_multi_init(), 0.01), curl_multi_select(curl_multi_init(), 0)],
    'multi: select with no time' => function () use ($base) {
        $multi = curl_multi_init();
        curl_multi_add_handle($multi, $handle = handle("$base/hello"));
        do {
            $code = curl_multi_exec($multi, $running);
            $selected = curl_multi_select($multi, 0);
        } while ($running);
        return [$code, $selected, curl_multi_getcontent($handle), curl_multi_remove_handle($multi, $handle)];
    },
    'multi: removed in the middle' => function () use ($base) {
        $multi = curl_multi_init();
        $handle = handle("$base/slow/large");
        curl_multi_add_handle($multi, $handle);
        for ($i = 0; $i < 3; $i++) {
            curl_multi_exec($multi, $running);
            curl_multi_select($multi, 0.01);
        }
        $told = [$running, curl_multi_remove_handle($multi, $handle), curl_multi_exec($multi, $running), $running];
        curl_setopt($handle, CURLOPT_URL, "$base/hello");
        return [...$told, transfer($handle)];
    },
    'multi: added twice' => function () use ($base) {
        $multi = curl_multi_init();
        $handle = handle("$base/hello");
        return [curl_multi_add_handle($multi, $handle), curl_multi_add_handle($multi, $handle), curl_multi_errno($multi), curl_multi_strerror(7), curl_multi_remove_handle($multi, $handle)];
    },
    'multi: closed in the middle' => function () use ($base) {
        $multi = curl_multi_init();
        curl_multi_add_handle($multi, handle("$base/slow/large"));
        curl_multi_exec($multi, $running);
        curl_multi_close($multi);
        return $running;
    },
    'multi: connections are kept' => function () use ($base) {
        $multi = curl_multi_init();
        $told = [];
        for ($i = 0; $i < 3; $i++) {
            curl_multi_add_handle($multi, $handle = handle("$base/hello"));
            do {
                curl_multi_exec($multi, $running);
            } while ($running && curl_multi_select($multi) !== -1);
            $told[] = [curl_multi_getcontent($handle), curl_getinfo($handle, CURLINFO_NUM_CONNECTS)];
            curl_multi_remove_handle($multi, $handle);
        }
        return $told;
    },
];
ob_start();
compare_calls($calls);
$told = ob_get_clean();
echo preg_replace('/^\d+ calls/m', count($calls) >= 100 ? 'more than a hundred calls' : '$0', $told);
?>
--EXPECT--
more than a hundred calls, 0 differ
