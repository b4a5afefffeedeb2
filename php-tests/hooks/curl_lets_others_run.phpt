--TEST--
curl: transfers overlap, in callbacks too; a handle serves one coroutine; what is cancelled can be used again
--EXTENSIONS--
curl
--FILE--
<?php
require __DIR__ . '/curl.inc';
use Swoole\{Coroutine as Co, Runtime};
use function Swoole\Coroutine\{go, run};

run(function () {
    $flags = SWOOLE_HOOK_CURL | SWOOLE_HOOK_NATIVE_CURL;
    Runtime::enableCoroutine(SWOOLE_HOOK_ALL | $flags);
    echo "both flags: ", var_export((Runtime::getHookFlags() & $flags) === $flags, true), "\n";

    echo "200 transfers are answered when all have asked\n";
    $server = new Server();
    $server->gate = new Co\Channel();
    $bodies = [];
    for ($i = 0; $i < 200; $i++) {
        $cids[] = go(function () use ($server, $i, &$bodies) {
            $bodies[] = curl_exec(handle($server->url("/$i"))) === "/$i";
        });
    }
    $server->until(200);
    echo "asked: $server->asked, answered: ", count($bodies), "\n";
    $server->gate->close();
    Co::join($cids);
    echo "answered: ", count(array_filter($bodies)), "\n";
    $server->gate = null;

    echo "multi handles overlap as well\n";
    $server->gate = new Co\Channel();
    $server->asked = 0;
    $bodies = $cids = [];
    for ($i = 0; $i < 5; $i++) {
        $cids[] = go(function () use ($server, $i, &$bodies) {
            $multi = curl_multi_init();
            foreach ($handles = [handle($server->url("/$i-a")), handle($server->url("/$i-b"))] as $handle) {
                curl_multi_add_handle($multi, $handle);
            }
            do {
                curl_multi_exec($multi, $running);
            } while ($running && curl_multi_select($multi) !== -1);
            $bodies[] = implode(' ', array_map(curl_multi_getcontent(...), $handles));
        });
    }
    $server->until(10);
    $server->gate->close();
    Co::join($cids);
    sort($bodies);
    echo implode(', ', $bodies), "\n";
    $server->gate = null;

    echo "a callback waits for another transfer's callback\n";
    $cids = [];
    $met = new Co\Channel();
    foreach (['push', 'pop'] as $method) {
        $cids[] = go(function () use ($server, $met, $method, &$done) {
            $handle = handle($server->url('/body'));
            curl_setopt($handle, CURLOPT_WRITEFUNCTION, function ($handle, $data) use ($met, $method) {
                $method === 'push' ? $met->push(1) : $met->pop();
                return strlen($data);
            });
            $done[] = [$method, curl_exec($handle), curl_errno($handle)];
        });
    }
    Co::join($cids);
    sort($done);
    echo json_encode($done), "\n";

    echo "a handle that is in a transfer\n";
    $server->gate = new Co\Channel();
    $server->asked = 0;
    $handle = handle($server->url('/first'));
    $first = go(function () use ($handle) {
        $body = curl_exec($handle);
        echo "first: $body\n";
    });
    $server->until(1);
    $share = curl_multi_init();
    foreach ([
        'curl_exec' => fn () => curl_exec($handle),
        'curl_setopt' => fn () => curl_setopt($handle, CURLOPT_URL, 'http://other/'),
        'curl_setopt_array' => fn () => curl_setopt_array($handle, []),
        'curl_reset' => fn () => curl_reset($handle),
        'curl_pause' => fn () => curl_pause($handle, CURLPAUSE_CONT),
        'curl_copy_handle' => fn () => curl_copy_handle($handle),
        'curl_multi_add_handle' => fn () => curl_multi_add_handle($share, $handle),
    ] as $name => $call) {
        try {
            $call();
            echo "$name has returned\n";
        } catch (Swoole\Error $e) {
            echo "$name: ", preg_replace('/#\d+/', '#N', $e->getMessage()), "\n";
        }
    }
    var_dump(curl_errno($handle), curl_getinfo($handle, CURLINFO_HTTP_CODE));
    unset($handle);
    $server->gate->close();
    Co::join([$first]);

    echo "a multi handle whose callback waits\n";
    $server->gate = null;
    $multi = curl_multi_init();
    $handle = handle($server->url('/multi'));
    $wait = new Co\Channel();
    curl_setopt($handle, CURLOPT_WRITEFUNCTION, fn ($handle, $data) => $wait->pop());
    curl_multi_add_handle($multi, $handle);
    $first = go(function () use ($multi) {
        do {
            curl_multi_exec($multi, $running);
        } while ($running && curl_multi_select($multi) !== -1);
        var_dump(curl_multi_info_read($multi)['result']);
    });
    while ($wait->stats()['consumer_num'] === 0) {
        Co::sleep(0.001);
    }
    foreach ([
        'curl_multi_exec' => fn () => curl_multi_exec($multi, $running),
        'curl_multi_select' => fn () => curl_multi_select($multi),
        'curl_multi_remove_handle' => fn () => curl_multi_remove_handle($multi, $handle),
        'curl_multi_close' => fn () => curl_multi_close($multi),
    ] as $name => $call) {
        try {
            $call();
            echo "$name has returned\n";
        } catch (Swoole\Error $e) {
            echo "$name: ", preg_replace('/#\d+/', '#N', $e->getMessage()), "\n";
        }
    }
    $wait->push(strlen('/multi'));
    Co::join([$first]);

    echo "cancelled\n";
    $server->gate = new Co\Channel();
    $server->asked = 0;
    $handle = handle($server->url('/cancelled'));
    $cid = go(function () use ($handle) {
        var_dump(curl_exec($handle), curl_errno($handle), curl_error($handle));
    });
    $server->until(1);
    Co::cancel($cid);
    $cid = go(function () use ($handle) {
        try {
            curl_exec($handle);
        } catch (Co\CanceledException $e) {
            var_dump(get_class($e), curl_errno($handle));
        }
    });
    $server->until(2);
    Co::cancel($cid, true);
    $server->gate->close();
    $server->gate = null;
    var_dump(curl_exec($handle), curl_errno($handle));

    echo "a select that is cancelled returns\n";
    $server->gate = new Co\Channel();
    $server->asked = 0;
    $multi = curl_multi_init();
    curl_multi_add_handle($multi, handle($server->url('/select')));
    $cid = go(function () use ($multi) {
        curl_multi_exec($multi, $running);
        while (curl_multi_select($multi, 100) > 0) {
            curl_multi_exec($multi, $running);
        }
        echo "running: $running\n";
    });
    $server->until(1);
    Co::cancel($cid);
    $server->gate->close();
    $server->gate = null;

    echo "a select whose multi handle another coroutine changes returns\n";
    $server->gate = new Co\Channel();
    $server->asked = 0;
    $multi = curl_multi_init();
    curl_multi_add_handle($multi, $handle = handle($server->url('/removed')));
    $cid = go(function () use ($multi) {
        do {
            curl_multi_exec($multi, $running);
        } while ($running && curl_multi_select($multi, 100) !== -1);
        echo "running: $running\n";
    });
    $server->until(1);
    curl_multi_remove_handle($multi, $handle);
    Co::join([$cid]);
    $server->gate->close();
    $server->gate = null;

    echo "a time limit, while others go on\n";
    $server->gate = new Co\Channel();
    $cid = go(function () use ($server) {
        $handle = handle($server->url('/late'));
        curl_setopt($handle, CURLOPT_TIMEOUT_MS, 20);
        var_dump(curl_exec($handle), curl_errno($handle));
    });
    Co::join([$cid]);
    $server->gate->close();
    $server->gate = null;

    echo "without the flags it blocks\n";
    $other = go(function () use (&$log) {
        for ($i = 0; $i < 3; $i++) {
            $log[] = 'other';
            Co::sleep(0.001);
        }
    });
    Runtime::enableCoroutine(SWOOLE_HOOK_ALL & ~SWOOLE_HOOK_CURL);
    var_dump(Runtime::getHookFlags() & $flags);
    $silent = stream_socket_server('tcp://127.0.0.1:0');
    $handle = handle('http://' . stream_socket_get_name($silent, false));
    curl_setopt($handle, CURLOPT_TIMEOUT_MS, 30);
    $log[] = 'begin';
    curl_exec($handle);
    $log[] = 'end';
    Co::join([$other]);
    echo implode(' ', $log), "\n";
    $server->close();
});
?>
--EXPECT--
both flags: true
200 transfers are answered when all have asked
asked: 200, answered: 0
answered: 200
multi handles overlap as well
/0-a /0-b, /1-a /1-b, /2-a /2-b, /3-a /3-b, /4-a /4-b
a callback waits for another transfer's callback
[["pop",true,0],["push",true,0]]
a handle that is in a transfer
curl_exec: the cURL handle is in a transfer of coroutine#N, and cannot be used in coroutine#N at the same time
curl_setopt: the cURL handle is in a transfer of coroutine#N, and cannot be used in coroutine#N at the same time
curl_setopt_array: the cURL handle is in a transfer of coroutine#N, and cannot be used in coroutine#N at the same time
curl_reset: the cURL handle is in a transfer of coroutine#N, and cannot be used in coroutine#N at the same time
curl_pause: the cURL handle is in a transfer of coroutine#N, and cannot be used in coroutine#N at the same time
curl_copy_handle: the cURL handle is in a transfer of coroutine#N, and cannot be used in coroutine#N at the same time
curl_multi_add_handle: the cURL handle is in a transfer of coroutine#N, and cannot be used in coroutine#N at the same time
int(0)
int(0)
first: /first
a multi handle whose callback waits
curl_multi_exec: the cURL handle is in a transfer of coroutine#N, and cannot be used in coroutine#N at the same time
curl_multi_select: the cURL handle is in a transfer of coroutine#N, and cannot be used in coroutine#N at the same time
curl_multi_remove_handle: the cURL handle is in a transfer of coroutine#N, and cannot be used in coroutine#N at the same time
curl_multi_close: the cURL handle is in a transfer of coroutine#N, and cannot be used in coroutine#N at the same time
int(0)
cancelled
bool(false)
int(42)
string(48) "Operation was aborted by an application callback"
string(34) "Swoole\Coroutine\CanceledException"
int(42)
string(10) "/cancelled"
int(0)
a select that is cancelled returns
running: 1
a select whose multi handle another coroutine changes returns
running: 0
a time limit, while others go on
bool(false)
int(28)
without the flags it blocks
int(0)
other begin end other other
