--TEST--
a pcntl handler runs while write() waits for room, and write() goes on: every byte is sent once, in order
--INI--
swoole.socket_buffer_size=8192
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
pcntl_async_signals(true);
$main = getmypid();
foreach (TYPES as $name => $type) {
    $handled = 0;
    pcntl_signal(SIGUSR1, function () use (&$handled) {
        $handled++;
    });
    $text = '';
    for ($n = 0; strlen($text) < 200000; $n++) {
        $text .= str_pad((string) $n, 9, ' ') . "\n";
    }
    $p = new Process(function (Process $p) use ($main, $text) {
        for ($kills = 0; $kills < 3; $kills++) {
            until_asleep($main);
            posix_kill($main, SIGUSR1);
            usleep(2000);
        }
        for ($got = ''; strlen($got) < strlen($text); $got .= $part) {
            if (($part = $p->read(100000)) === '') {
                break;
            }
        }
        $p->write($got === $text ? 'all there' : strlen($got) . ' bytes of ' . strlen($text));
    }, false, $type);
    $p->start();
    if ($type === SOCK_STREAM) {
        $sent = $p->write($text);
    } else {
        $sent = array_sum(array_map($p->write(...), str_split($text, 1000)));
    }
    echo "$name: ", $sent === strlen($text) ? 'all sent' : "$sent sent", ', ', $sent === strlen($text) ? $p->read() : 'not read', ', ',
        $handled > 0 ? 'handled' : 'not handled', "\n";
    Process::kill($p->pid, SIGKILL);
    Process::wait();
}
?>
--EXPECT--
stream: all sent, all there, handled
message: all sent, all there, handled
