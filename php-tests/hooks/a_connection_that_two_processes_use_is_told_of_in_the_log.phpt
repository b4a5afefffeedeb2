--TEST--
the log tells once of a connection that a child uses and its parent has connected and still has open, and of no other
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';

$log = tempnam(sys_get_temp_dir(), 'log');
swoole_async_set(['log_file' => $log]);
Swoole\Runtime::enableCoroutine(SWOOLE_HOOK_TCP | SWOOLE_HOOK_UNIX);
$path = sys_get_temp_dir() . '/inherited-' . getmypid();

/** @return array{resource, resource, string} what the client and the server have of a connection, and the server's name */
function connection(string $place): array
{
    $server = stream_socket_server($place);
    $name = stream_socket_get_name($server, false);
    $client = stream_socket_client(strstr($place, '://', true) . "://$name");
    return [$client, stream_socket_accept($server), $name];
}

/** Runs a function in a child. What the log has from it, with names in place of numbers. */
function child(callable $body, array $names = [], ?callable $meanwhile = null): string
{
    global $log;
    file_put_contents($log, '');
    $process = new Process(function (Process $process) use ($body) {
        $process->read();
        $body();
    });
    $pid = $process->start();
    $meanwhile && $meanwhile();
    $process->write('go on');
    echo ending(Process::wait()), ', ';
    return told([$pid => 'CHILD'] + $names);
}

function told(array $names): string
{
    global $log;
    $text = preg_replace('/^\[.*?\]\t|, which.*$/m', '', file_get_contents($log));
    $text = strtr($text, $names + [getmypid() => 'PARENT']);
    return $text === '' ? "nothing\n" : preg_replace('/descriptor \d+/', 'descriptor N', $text);
}

foreach (["tcp://127.0.0.1:0", "unix://$path"] as $place) {
    [$client, $accepted, $name] = connection($place);
    echo 'writes: ', child(fn () => fwrite($client, 'x') . fwrite($client, 'y'), [$name => 'SERVER']);
    fwrite($accepted, "line\n");
    echo 'reads: ', child(fn () => fgets($client), [$name => 'SERVER']);
    echo 'only inherits: ', child(fn () => 0);
    echo 'uses what was accepted: ', child(fn () => fwrite($accepted, 'x'));
    echo 'connects itself: ', child(fn () => fwrite(connection('tcp://127.0.0.1:0')[0], 'x'));
    echo 'closed by the parent: ', child(fn () => fwrite($client, 'x'), [], function () use (&$client) {
        fclose($client);
    });
    @unlink($path);
}
// In the child of a foreign fork, and in a grandchild, whose parent is not the one that has connected.
[$client, $accepted, $name] = connection('tcp://127.0.0.1:0');
file_put_contents($log, '');
$pid = pcntl_fork();
if ($pid === 0) {
    fwrite($client, 'x');
    exit;
}
pcntl_waitpid($pid, $status);
echo 'after pcntl_fork(): ', told([$pid => 'CHILD', $name => 'SERVER']);
echo 'the child of a child: ', child(function () use ($client, &$log) {
    $child = new Process(function () use ($client) {
        fwrite($client, 'x');
    });
    $pid = $child->start();
    Process::wait();
    file_put_contents($log, strtr(file_get_contents($log), [$pid => 'GRANDCHILD']));
}, [$name => 'SERVER']);
echo 'a pair: ';
[$one, $other] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
echo child(fn () => fwrite($one, 'x'));
unlink($log);
?>
--EXPECT--
writes: code 0, NOTICE	descriptor N, a connection to SERVER, is used by process CHILD and open in process PARENT
reads: code 0, NOTICE	descriptor N, a connection to SERVER, is used by process CHILD and open in process PARENT
only inherits: code 0, nothing
uses what was accepted: code 0, nothing
connects itself: code 0, nothing
closed by the parent: code 0, nothing
writes: code 0, NOTICE	descriptor N, a connection to SERVER, is used by process CHILD and open in process PARENT
reads: code 0, NOTICE	descriptor N, a connection to SERVER, is used by process CHILD and open in process PARENT
only inherits: code 0, nothing
uses what was accepted: code 0, nothing
connects itself: code 0, nothing
closed by the parent: code 0, nothing
after pcntl_fork(): NOTICE	descriptor N, a connection to SERVER, is used by process CHILD and open in process PARENT
the child of a child: code 0, NOTICE	descriptor N, a connection to SERVER, is used by process GRANDCHILD and open in process PARENT
a pair: code 0, nothing
