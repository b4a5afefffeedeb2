--TEST--
a peer that closes: what waits is lost and logged, the next Event::write() warns and gives false, without SIGPIPE
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\{Event, Process};
require __DIR__ . '/../support.inc';
$log = tempnam(sys_get_temp_dir(), 'log');
swoole_async_set(['log_file' => $log]);
set_error_handler(fn ($level, $text) => print("$text\n"));
$p = new Process(function () {
    pcntl_signal(SIGPIPE, SIG_DFL);
    [$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    Event::add($a, function ($a) {
        fread($a, 100);
        if (feof($a)) {
            echo "end\n";
            var_dump(Event::write($a, 'x'), swoole_last_error() === 32);
            Event::del($a);
        }
    });
    var_dump(Event::write($a, str_repeat('x', 3000000)));
    fclose($b);
    Event::wait();
    echo "the loop has ended\n";
}, false, 0);
$p->start();
echo ending(Process::wait()), "\n";
$lines = file($log);
unlink($log);
echo count($lines), ' line: ', preg_replace(['/^\S+ \S+ \S+\t/', '/\d{5,}/', '/descriptor \d+/'], ['', 'N', 'descriptor N'], $lines[0] ?? '');
?>
--EXPECT--
bool(true)
end
Swoole\Event::write(): send() failed, Error: Broken pipe[32]
bool(false)
bool(true)
the loop has ended
code 0
1 line: WARNING	Event::write(): N bytes for descriptor N are lost: send() failed, Error: Broken pipe[32]
