--TEST--
sendHandle() into a full pipe waits until there is room, gives up in time, and goes on after signals
--EXTENSIONS--
pcntl
posix
--INI--
swoole.socket_buffer_size=16384
--FILE--
<?php
use Swoole\Process;

require __DIR__ . '/../support.inc';

set_error_handler(function (int $level, string $text): bool {
    if (error_reporting() & $level) {
        echo "    $text\n";
    }
    return true;
});
pcntl_async_signals(true);
pcntl_signal(SIGUSR1, function () {
    echo "    a signal\n";
});

/** Writes until there is no room: how much. */
function fill(Process $p): int
{
    for ($filled = 0; $sent = @$p->write(str_repeat('x', 100)); $filled += $sent);
    return $filled;
}

foreach (TYPES as $name => $type) {
    echo "$name\n";
    // Never started: nobody makes room.
    $p = new Process(fn () => 0, false, $type);
    fill($p);
    var_dump($p->sendHandle(STDIN));

    $parent = getmypid();
    [$go, $told] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $p = new Process(function (Process $p) use ($parent, $told) {
        fgets($told);
        // Once the parent waits it gets a signal; then there is room.
        until_asleep($parent);
        posix_kill($parent, SIGUSR1);
        until_asleep($parent);
        for ($read = 0; $text = @$p->read(100); $read += strlen($text));
        $line = fgets($p->receiveHandle(5, $data));
        $p->write("$read bytes, then $data with $line");
    }, false, $type);
    $p->start();
    $p->setTimeout(0.05);
    $filled = fill($p);
    var_dump($p->sendHandle(STDIN), swoole_last_error() === 6002);
    $p->setTimeout(0);
    $file = fopen(__FILE__, 'r');
    fwrite($go, "go\n");
    var_dump($p->sendHandle($file, 'data'));
    echo str_replace("$filled bytes", 'all', $p->read()), ending(Process::wait()), "\n";
}
?>
--EXPECT--
stream
    Swoole\Process::sendHandle(): sendmsg() failed, Error: Resource temporarily unavailable[11]
bool(false)
    Swoole\Process::sendHandle(): write() failed, Error: Connection timed out[110]
bool(false)
bool(true)
    a signal
bool(true)
all, then data with <?php
code 0
message
    Swoole\Process::sendHandle(): sendmsg() failed, Error: Resource temporarily unavailable[11]
bool(false)
    Swoole\Process::sendHandle(): write() failed, Error: Connection timed out[110]
bool(false)
bool(true)
    a signal
bool(true)
all, then data with <?php
code 0
