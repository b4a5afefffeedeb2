--TEST--
waits in pipes and for commands that are cancelled, closed, or left by the end of the script
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
require __DIR__ . '/../support.inc';
$before = count(links());
function pair(): array { return stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0); }
echo "-- cancelled\n";
run(function () {
    $command = popen('cat', 'w');
    $p = proc_open('exec sleep 1000', [['pipe', 'r'], ['pipe', 'w']], $pipes);
    $cid = go(function () use ($pipes) {
        var_dump(fgets($pipes[1]), feof($pipes[1]), swoole_last_error() === SWOOLE_ERROR_CO_CANCELED);
    });
    var_dump(Coroutine::cancel($cid));
    $cid = go(function () use ($pipes) {
        var_dump(strlen(str_repeat('x', 1 << 20)) > fwrite($pipes[0], str_repeat('x', 1 << 20)));
    });
    var_dump(Coroutine::cancel($cid));
    $cid = go(function () use ($pipes) {
        try {
            fread($pipes[1], 1);
        } catch (Coroutine\CanceledException $e) {
            echo get_class($e), "\n";
        }
    });
    Coroutine::cancel($cid, true);
    $cid = go(function () use ($p) { var_dump(proc_close($p)); });
    Coroutine::cancel($cid);
    var_dump(is_resource($p), proc_terminate($p, 9), proc_close($p));
    $cid = go(function () { var_dump(exec('exec sleep 1000', $lines, $code), $lines, $code); });
    Coroutine::cancel($cid);
    Coroutine::join([$cid]);
    $cid = go(function () { $p = popen('exec sleep 1000', 'r'); var_dump(pclose($p)); });
    Coroutine::cancel($cid);
    pclose($command);
});
echo "-- closed\n";
run(function () {
    $p = proc_open(['cat'], [['pipe', 'r'], ['pipe', 'w']], $pipes);
    go(function () use ($pipes) {
        var_dump(fgets($pipes[1]));
        echo "reader goes on\n";
        try {
            fgets($pipes[1]);
        } catch (TypeError $e) {
            echo $e->getMessage(), "\n";
        }
    });
    var_dump(fclose($pipes[1]));
    var_dump(proc_close($p));
    echo "with the process: ";
    $p = proc_open(['cat'], [['pipe', 'r'], ['pipe', 'w']], $pipes);
    go(function () use ($pipes) { var_dump(stream_get_contents($pipes[1])); });
    var_dump(proc_close($p));
    echo "by the last reference to the process: ";
    $p = proc_open(['cat'], [['pipe', 'r'], ['pipe', 'w']], $pipes);
    go(function () use ($pipes) { var_dump(fgets($pipes[1])); });
    $p = null;
});
echo "-- two in one\n";
run(function () {
    $p = proc_open(['cat'], [['pipe', 'r'], ['pipe', 'w']], $pipes);
    $cid = go(function () use ($pipes) { var_dump(fgets($pipes[1])); });
    try {
        fgets($pipes[1]);
    } catch (Swoole\Error $e) {
        echo preg_replace("/#\d+/", "#N", $e->getMessage()), "\n";
    }
    fwrite($pipes[0], "hello\n");
    Coroutine::join([$cid]);
    var_dump(proc_close($p));
});
while (pcntl_waitpid(-1, $status) > 0);
echo "-- the child is waited for by others\n";
run(function () {
    // It lives longer than this function: its destructor would reap the process.
    $GLOBALS['other'] = proc_open('read line; exit 4', [['pipe', 'r']], $others);
    $p = proc_open('read line; exit 3', [['pipe', 'r']], $pipes);
    go(function () { $end = Coroutine\System::wait(5); var_dump($end['code']); });
    // Its end is for the one that waits for it.
    var_dump(proc_close($p));
    fclose($others[0]);
});
echo count(links()) - $before, " descriptors left\n";
echo pcntl_waitpid(-1, $status, WNOHANG), " children left\n";
echo "-- the script ends\n";
Swoole\Runtime::enableCoroutine();
Coroutine::set(['enable_deadlock_check' => false]);
go(function () { try { exec('exec sleep 1000'); } finally { echo "never\n"; } });
go(function () { $p = proc_open(['cat'], [['pipe', 'r'], ['pipe', 'w']], $pipes); fgets($pipes[1]); });
go(function () { $f = fopen(__FILE__, 'r'); $g = fopen(__FILE__, 'r'); flock($f, LOCK_EX); flock($g, LOCK_EX); });
Swoole\Event::defer(function () { echo "end\n"; Swoole\Event::exit(); });
Swoole\Event::wait();
?>
--EXTENSIONS--
pcntl
--EXPECT--
-- cancelled
bool(false)
bool(false)
bool(true)
bool(true)
bool(true)
bool(true)
Swoole\Coroutine\CanceledException
int(-1)
bool(true)
bool(true)
int(9)
string(0) ""
array(0) {
}
int(9)
int(9)
-- closed
bool(false)
reader goes on
bool(true)
int(0)
with the process: string(0) ""
int(0)
by the last reference to the process: bool(false)
-- two in one
the stream has already been bound to another coroutine#N, reading of the same stream in coroutine#N at the same time is not allowed
string(6) "hello
"
int(0)
-- the child is waited for by others
int(3)
int(4)
0 descriptors left
-1 children left
-- the script ends
end
