--TEST--
A stream in which a coroutine waits: others that use it, close it, or cancel the wait
--FILE--
<?php
use Swoole\Coroutine as Co;
use function Swoole\Coroutine\{run, go};

function pair(int $type = STREAM_SOCK_STREAM): array
{
    return stream_socket_pair(STREAM_PF_UNIX, $type, 0);
}

function attempt(callable $call): void
{
    try {
        echo json_encode($call()), "\n";
    } catch (Throwable $e) {
        echo get_class($e), ': ', preg_replace(['/#\d+/', '/Argument #N .*open stream resource/'], ['#N', 'supplied resource is not a valid stream resource'], $e->getMessage()), "\n";
    }
}

/** Waits in a coroutine, and lets `$other` have the stream meanwhile. */
function meanwhile(string $title, callable $wait, callable $other): void
{
    echo "-- $title\n";
    $cid = go(function () use ($wait) {
        attempt($wait);
    });
    $other($cid);
    Co::join([$cid]);
}

class UppercaseLater extends php_user_filter
{
    public function filter($in, $out, &$consumed, bool $closing): int
    {
        while ($bucket = stream_bucket_make_writeable($in)) {
            echo "filter begins\n";
            Co::sleep(0.01);
            echo "filter ends\n";
            $bucket->data = strtoupper($bucket->data);
            $consumed += $bucket->datalen;
            stream_bucket_append($out, $bucket);
        }
        return PSFS_PASS_ON;
    }
}
stream_filter_register('later', UppercaseLater::class);

set_error_handler(fn (int $level, string $text) => print('[' . preg_replace(['/:\d+/', '/: (cannot close.*|\d+ is not a valid stream resource)/'], [':PORT', ': N is not a valid stream resource'], $text) . "]\n"));
run(function () {
    [$a, $b] = pair();
    meanwhile('two that read', fn () => fgets($a), function () use ($a, $b) {
        foreach (['fgets' => fgets(...), 'fread' => fn ($s) => fread($s, 10), 'get contents' => stream_get_contents(...), 'recvfrom' => fn ($s) => stream_socket_recvfrom($s, 10)] as $name => $read) {
            echo "$name: ";
            attempt(fn () => $read($a));
        }
        attempt(fn () => fwrite($a, 'written meanwhile'));
        echo fread($b, 100), "\n";
        fwrite($b, "for the first\nfor the next\n");
    });
    attempt(fn () => fgets($a));

    meanwhile('a buffer that grows while somebody waits', fn () => fgets($a), function () use ($a, $b) {
        fwrite($b, 'half a line, ');
        Co::sleep(0.001);
        stream_set_chunk_size($a, 100000);
        stream_filter_append($a, 'string.toupper', STREAM_FILTER_READ);
        attempt(fn () => fgetc($a));
        fwrite($b, "and the rest\n");
    });
    meanwhile('one that is closed', fn () => fgets($a), function () use (&$a) {
        attempt(fn () => fclose($a));
        attempt(fn () => fgets($a));
    });
    attempt(fn () => fread($b, 10));

    [$a, $b] = pair();
    meanwhile('closed before a loop comes to its end', function () use ($a) {
        $lines = [];
        while (($line = fgets($a)) !== false) {
            $lines[] = $line;
        }
        return $lines;
    }, function () use (&$a, $b) {
        fwrite($b, "one\n");
        Co::sleep(0.001);
        fclose($a);
    });
    [$a, $b] = pair();
    stream_set_blocking($a, false);
    while (@fwrite($a, str_repeat('x', 10000)) > 0);
    stream_set_blocking($a, true);
    meanwhile('closed while it is written to', fn () => fwrite($a, str_repeat('x', 100000)), fn () => fclose($a));
    [$a, $b] = pair();
    $copy = fopen('php://memory', 'w+');
    meanwhile('closed while it is copied', fn () => stream_copy_to_stream($a, $copy), function () use ($a, $b, $copy) {
        attempt(fn () => [fclose($a), fclose($copy)]);
        fwrite($b, 'text');
        fclose($b);
    });
    attempt(fn () => [rewind($copy), fread($copy, 10), fclose($a), fclose($copy)]);
    [$a, $b] = pair();
    meanwhile('closed while one of several is selected', function () use ($a, $b) {
        $read = [$b, $a];
        return stream_select($read, $none, $none, null);
    }, fn () => fclose($a));
    $server = stream_socket_server('tcp://127.0.0.1:0');
    meanwhile('closed while it accepts', fn () => stream_socket_accept($server), fn () => fclose($server));
    $server = stream_socket_server('tcp://127.0.0.1:0');
    $handler = set_error_handler(fn (int $level, string $text) => Co::sleep(0.001) && print("[$text, and the handler waits]\n"));
    meanwhile('closed while a handler of errors waits', fn () => stream_socket_accept($server), function () use ($server) {
        fclose($server);
        echo "closed\n";
    });
    set_error_handler($handler);
    [$a, $b] = pair();
    meanwhile('both ends closed in turn', fn () => fgets($a), function () use ($a, $b) {
        $cid = go(fn () => attempt(fn () => fgets($b)));
        fclose($a);
        Co::join([$cid]);
    });
    [$a, $b] = pair();
    meanwhile('closed by the one that it wakes', function () use ($a) {
        $line = fgets($a);
        attempt(fn () => fclose($a));
        return $line;
    }, fn () => fclose($a));

    [$a, $b] = pair();
    stream_filter_append($a, 'later', STREAM_FILTER_READ);
    meanwhile('closed while a filter of it waits', fn () => fread($a, 100), function () use ($a, $b) {
        go(fn () => Co::sleep(0.001) && print(json_encode(fclose($a)) . " is closed\n"));
        fwrite($b, 'text');
        fclose($b);
    });

    [$a, $b] = pair();
    $cid = go(function () use ($a) {
        attempt(fn () => fgets($a));
    });
    echo "-- cancelled\n";
    var_dump(Co::cancel($cid));
    $cid = go(function () use ($a) {
        attempt(fn () => fgets($a));
    });
    var_dump(Co::cancel($cid, true));
    $cid = go(function () use ($a) {
        attempt(fn () => file_get_contents('http://' . stream_socket_get_name($GLOBALS['silent'] = stream_socket_server('tcp://127.0.0.1:0'), false)));
    });
    var_dump(Co::cancel($cid));
    $cid = go(function () {
        attempt(function () {
            $read = $pair = pair();
            return stream_select($read, $none, $none, null);
        });
    });
    var_dump(Co::cancel($cid));
    fwrite($b, "and goes on\n");
    attempt(fn () => fgets($a));
});
?>
--EXPECT--
-- two that read
fgets: Swoole\Error: Socket#N has already been bound to another coroutine#N, reading of the same socket in coroutine#N at the same time is not allowed
fread: Swoole\Error: Socket#N has already been bound to another coroutine#N, reading of the same socket in coroutine#N at the same time is not allowed
get contents: Swoole\Error: Socket#N has already been bound to another coroutine#N, reading of the same socket in coroutine#N at the same time is not allowed
recvfrom: Swoole\Error: Socket#N has already been bound to another coroutine#N, reading of the same socket in coroutine#N at the same time is not allowed
17
written meanwhile
"for the first\n"
"for the next\n"
-- a buffer that grows while somebody waits
Swoole\Error: Socket#N has already been bound to another coroutine#N, reading of the same socket in coroutine#N at the same time is not allowed
"half a line, and the rest\n"
-- one that is closed
false
true
TypeError: fgets(): supplied resource is not a valid stream resource
""
-- closed before a loop comes to its end
["one\n"]
-- closed while it is written to
false
-- closed while it is copied
[fclose(): N is not a valid stream resource]
[fclose(): N is not a valid stream resource]
[false,false]
4
[true,"text",true,true]
-- closed while one of several is selected
TypeError: stream_select(): supplied resource is not a valid stream resource
-- closed while it accepts
[stream_socket_accept(): Accept failed: Operation canceled]
false
-- closed while a handler of errors waits
[stream_socket_accept(): Accept failed: Operation canceled, and the handler waits]
false
closed
-- both ends closed in turn
false
false
-- closed by the one that it wakes
TypeError: fclose(): supplied resource is not a valid stream resource
false
-- closed while a filter of it waits
filter begins
[fclose(): N is not a valid stream resource]
false is closed
filter ends
"TEXT"
-- cancelled
false
bool(true)
Swoole\Coroutine\CanceledException: 
bool(true)
[file_get_contents(http://127.0.0.1:PORT): Failed to open stream: HTTP request failed!]
false
bool(true)
0
bool(true)
"and goes on\n"
