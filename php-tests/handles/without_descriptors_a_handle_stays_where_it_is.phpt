--TEST--
receiveHandle() without a free descriptor warns with EMFILE and leaves the handle where it is; dup() and sendHandle() say so too
--EXTENSIONS--
posix
sockets
--FILE--
<?php
use Swoole\Process;
use function Swoole\Coroutine\run;

require __DIR__ . '/../support.inc';

/** Opens all that is left. */
function exhaust(): array
{
    $all = [];
    while ($one = @fopen('/dev/null', 'r')) {
        $all[] = $one;
    }
    return $all;
}

set_error_handler(function (int $level, string $text): bool {
    if (error_reporting() & $level) {
        echo "    $text\n";
    }
    return true;
});
posix_setrlimit(POSIX_RLIMIT_NOFILE, 64, 64);
$file = fopen(__FILE__, 'r');
foreach (TYPES as $name => $type) {
    echo "$name\n";
    $p = new Process(function (Process $p) use ($file) {
        $p->sendHandle($file, 'data');
        $p->write('end');
    }, false, $type);
    $p->start();
    Process::wait();
    $all = exhaust();
    var_dump($p->receiveHandle(1), swoole_last_error() === SOCKET_EMFILE);
    // One is not enough: the data have a descriptor too.
    array_pop($all);
    var_dump($p->receiveHandle(1));
    $all = null;
    var_dump(fgets($p->receiveHandle(1, $data)), $data, $p->read());

    $all = exhaust();
    var_dump(Swoole\dup($file), $p->sendHandle($file, 'data'));
    $all = null;
}
run(function () use ($file) {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $a->sendHandle($file, 'data');
    $all = exhaust();
    var_dump($b->receiveHandle(1), $b->errCode === SOCKET_EMFILE);
    $all = null;
    var_dump(fgets($b->receiveHandle(1, $data)), $data);
});
?>
--EXPECT--
stream
    Swoole\Process::receiveHandle(): recvmsg() failed, Error: Too many open files[24]
bool(false)
bool(true)
    Swoole\Process::receiveHandle(): recvmsg() failed, Error: Too many open files[24]
bool(false)
string(6) "<?php
"
string(4) "data"
string(3) "end"
    Swoole\dup(): fcntl() failed, Error: Too many open files[24]
    Swoole\Process::sendHandle(): sendmsg() failed, Error: Too many open files[24]
bool(false)
bool(false)
message
    Swoole\Process::receiveHandle(): recvmsg() failed, Error: Too many open files[24]
bool(false)
bool(true)
    Swoole\Process::receiveHandle(): recvmsg() failed, Error: Too many open files[24]
bool(false)
string(20) "use Swoole\Process;
"
string(4) "data"
string(3) "end"
    Swoole\dup(): fcntl() failed, Error: Too many open files[24]
    Swoole\Process::sendHandle(): sendmsg() failed, Error: Too many open files[24]
bool(false)
bool(false)
bool(false)
bool(true)
string(35) "use function Swoole\Coroutine\run;
"
string(4) "data"
