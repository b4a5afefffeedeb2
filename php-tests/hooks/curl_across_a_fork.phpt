--TEST--
curl: a child uses and ends no connection of its parent, also in the middle of a transfer
--EXTENSIONS--
curl
pcntl
--FILE--
<?php
require __DIR__ . '/curl.inc';
use Swoole\{Coroutine as Co, Process};
use function Swoole\Coroutine\{go, run};

// In a process of its own, which tells how many connections were made and how many have ended.
$web = new Process(function (Process $own) {
    run(function () use ($own) {
        $server = new Server();
        $socket = $own->exportSocket();
        $socket->send((string) $server->port);
        while (($asked = $socket->recv(100, -1)) !== 'end') {
            if ($asked === 'hold') {
                $server->gate = new Co\Channel();
            } elseif ($asked === 'let go') {
                $server->gate->close();
                $server->gate = null;
            } elseif (is_numeric($asked)) {
                $server->until((int) $asked);
            } elseif ($asked === 'one has ended') {
                while ($server->ended === 0) {
                    Co::sleep(0.001);
                }
            }
            $socket->send("$server->connections made, $server->ended ended");
        }
        Process::kill(getmypid(), SIGKILL);
    });
}, false, SOCK_DGRAM);
$web->start();
$url = 'http://127.0.0.1:' . $web->read();
$ask = function (string $what) use ($web) {
    $web->write($what);
    return $web->read();
};

Co::set(['hook_flags' => SWOOLE_HOOK_ALL]);
$handle = handle("$url/one");
function use_in_coroutine(CurlHandle $handle): void
{
    $told = [];
    run(function () use ($handle, &$told) {
        $told = [curl_exec($handle), curl_errno($handle), curl_getinfo($handle, CURLINFO_NUM_CONNECTS)];
    });
    echo json_encode($told), "\n";
}
use_in_coroutine($handle);
echo $ask('1'), "\n";
// The connection is used outside of coroutines, too.
$body = curl_exec($handle);
echo json_encode([$body, curl_errno($handle), curl_getinfo($handle, CURLINFO_NUM_CONNECTS)]), "\n";

echo "a child\n";
$child = new Process(function () use ($handle) {
    use_in_coroutine($handle);
    use_in_coroutine($handle);
});
$child->start();
$status = Process::wait()['code'];
echo "status $status\n", $ask('one has ended'), "\n";
use_in_coroutine($handle);

echo "in the middle of a transfer\n";
$ask('hold');
go(function () use ($handle) {
    $body = curl_exec($handle);
    echo json_encode([$body, curl_errno($handle), curl_getinfo($handle, CURLINFO_NUM_CONNECTS)]), "\n";
});
echo $ask('6'), "\n";
$child = new Process(function () use ($handle) {
    // The parent's transfer has it.
    echo json_encode([curl_exec($handle), curl_errno($handle), curl_error($handle)]), "\n";
    run(function () use ($handle) {
        try {
            curl_exec($handle);
        } catch (Swoole\Error $e) {
            echo preg_replace('/#\d+/', '#N', $e->getMessage()), "\n";
        }
    });
    unset($GLOBALS['handle'], $handle);
    echo "the child ends\n";
});
$child->start();
$status = Process::wait()['code'];
echo "status $status\n";
if (($pid = pcntl_fork()) === 0) {
    unset($handle);
    exit(3);
}
pcntl_waitpid($pid, $status);
echo 'status ', pcntl_wexitstatus($status), "\n";
echo $ask('let go'), "\n";
Swoole\Event::wait();
use_in_coroutine($handle);
echo $ask('7'), "\n";
$web->write('end');
Process::wait();
?>
--EXPECT--
["\/one",0,1]
1 made, 0 ended
["\/one",0,0]
a child
["\/one",0,1]
["\/one",0,0]
status 0
2 made, 1 ended
["\/one",0,0]
in the middle of a transfer
2 made, 1 ended
[false,2,"easy handle already used in multi handle"]
the cURL handle is in a transfer of coroutine#N, and cannot be used in coroutine#N at the same time
the child ends
status 0
status 3
2 made, 1 ended
["\/one",0,0]
["\/one",0,0]
2 made, 1 ended
