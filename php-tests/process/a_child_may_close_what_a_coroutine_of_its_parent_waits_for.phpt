--TEST--
A child that is started while a coroutine of its parent reads or copies a stream may close that stream
--SKIPIF--
<?php
if (PHP_DEBUG) {
    echo 'skip a debug build of PHP unwinds the coroutines of the parent, which need their streams';
}
?>
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\System;
use Swoole\Process;
use function Swoole\Coroutine\run;

function close(string $title, $stream): void
{
    $process = new Process(function () use ($title, $stream) {
        $before = count(scandir('/proc/self/fd'));
        echo "$title: ", json_encode(fclose($stream)), ' ', $before - count(scandir('/proc/self/fd')), " closed\n";
    }, false, 0);
    $process->set(['start_in_coroutine' => true]);
    $process->start();
    System::wait();
}

run(function () {
    $cat = proc_open(['cat'], [['pipe', 'r'], ['pipe', 'w']], $pipes);
    Coroutine::create(function () use ($cat, $pipes) {
        $line = fgets($pipes[1]);
        echo "read: $line";
    });
    close('a pipe', $pipes[1]);
    fwrite($pipes[0], "data\n");
});
run(function () {
    [$from, $to] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $target = fopen('php://temp', 'w+');
    Coroutine::create(function () use ($from, $target) {
        $count = stream_copy_to_stream($from, $target);
        echo "copied: $count ", json_encode(fclose($from)), "\n";
    });
    close('a stream that is copied', $from);
    fwrite($to, 'data');
    fclose($to);
});
?>
--EXPECT--
a pipe: true 1 closed
read: data
a stream that is copied: true 1 closed
copied: 4 true
