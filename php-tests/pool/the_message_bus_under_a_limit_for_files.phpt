--TEST--
enable_message_bus under RLIMIT_FSIZE: messages travel in pipes; what is larger than a pipe is refused with a reason, and nobody is killed
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
foreach ([0, 300000] as $limit) {
    $wire = new Wire();
    $master = apart(function () use ($wire, $limit) {
        pcntl_signal(SIGXFSZ, SIG_DFL);
        posix_setrlimit(POSIX_RLIMIT_FSIZE, $limit, $limit);
        $pool = new Pool(2, SWOOLE_IPC_UNIXSOCK);
        $pool->set(['enable_message_bus' => true]);
        $pool->on('WorkerStart', function (Pool $pool, int $id) use ($wire, $limit) {
            if ($id === 1) {
                // Root may have larger pipes.
                posix_geteuid() === 0 && posix_setuid(65534);
                $largest = 65536 + (int) file_get_contents('/proc/sys/fs/pipe-max-size');
                @$pool->sendMessage(str_repeat('x', max($largest, $limit + 65536) + 1), 0) || $wire->tell(swoole_last_error(), preg_replace('/\d{4,}/', 'N', error_get_last()['message']));
                foreach ([100, 65536, 65537, 200000, 65536 + 300001, $largest] as $n => $size) {
                    $pool->sendMessage(str_repeat(chr(65 + $n), $size), 0);
                }
            }
        });
        $pool->on('Message', function (Pool $pool, string $message) use ($wire) {
            $wire->tell($message[0], strlen($message) < 400000 ? strlen($message) : 'largest', $message === str_repeat($message[0], strlen($message)));
            if ($message[0] === 'F') {
                $pool->shutdown();
            }
        });
        $pool->on('WorkerError', fn (Pool $pool, int $id, array $end) => $wire->tell('error', $end));
        $pool->start();
    });
    echo "$limit: ", implode(', ', $wire->hearAll()), ', ', ending_of($master), "\n";
}
?>
--EXPECT--
0: 27 Swoole\Process\Pool::sendMessage(): the message of N bytes is larger than RLIMIT_FSIZE allows, and than fs.pipe-max-size, A 100 true, B 65536 true, C 65537 true, D 200000 true, E 365537 true, F largest true, code 0
300000: 27 Swoole\Process\Pool::sendMessage(): the message of N bytes is larger than RLIMIT_FSIZE allows, and than fs.pipe-max-size, A 100 true, B 65536 true, C 65537 true, D 200000 true, E 365537 true, F largest true, code 0
