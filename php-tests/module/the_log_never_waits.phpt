--TEST--
the log: a pipe, FIFO or socket that nobody reads, a full disk and a limit for files cost lines, which are counted, and nothing else
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
const LINES = 3000;
$lines = <<<'PHP'
    /** Makes the module log so many lines, each of another kind: of one kind only the first ones are written. */
    function lines(int $count): void
    {
        $pool = new Swoole\Process\Pool(1);
        while ($count-- > 0) {
            $pool->set(['option_' . strtr($count, '0123456789', 'abcdefghij') => 1]);
        }
    }
    PHP;
eval($lines);
/** Shows whether these are whole lines, of which the one before the last tells how many are missing. */
function judge(string $what, string $text): void
{
    $lines = explode("\n", rtrim($text, "\n"));
    $whole = preg_grep('/^\[.*\tWARNING\tPool::set\(\): unknown setting option_[a-j]+(, the nearest name is \w+)?$/', $lines);
    $lost = preg_grep('/^\[.*\tWARNING\t(1 log line was lost: it|\d+ log lines were lost: they) could not be written$/', $lines);
    preg_match('/\t(\d+) log lines/', current($lost) ?: '', $count);
    // A line that is written in part is lost, and stands on a line of its own.
    $parts = count($lines) - count($whole) - count($lost);
    echo "$what: ", json_encode([count($lost), array_key_first($lost) === count($lines) - 2, $parts <= 1, count($whole) + (int) ($count[1] ?? 0)]), "\n";
}

// A FIFO: who opens it later gets what has found room.
$fifo = sys_get_temp_dir() . '/log-' . getmypid();
posix_mkfifo($fifo, 0600);
var_dump(swoole_async_set(['log_file' => $fifo]));
lines(LINES);
$reader = fopen($fifo, 'rn');
stream_set_blocking($reader, false);
$text = stream_get_contents($reader);
lines(1);
judge('FIFO', $text . stream_get_contents($reader));
unlink($fifo);

// Standard error that a parent does not read. The program tells when it is through, and goes on when that is answered.
$program = tempnam(sys_get_temp_dir(), 'log');
file_put_contents($program, "<?php $lines lines(" . LINES . ");\necho \"through\\n\";\nfgets(STDIN);\nlines(1);");
foreach (['pipe', 'socket'] as $kind) {
    [$own, $theirs] = $kind === 'socket' ? stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0) : [null, ['pipe', 'w']];
    $process = proc_open([...php_command(), $program], [['pipe', 'r'], ['pipe', 'w'], $theirs], $pipes);
    $errors = $own ?? $pipes[2];
    unset($theirs);
    echo fgets($pipes[1]);
    stream_set_blocking($errors, false);
    for ($text = ''; ($more = fread($errors, 8192)) !== false && $more !== ''; $text .= $more);
    fwrite($pipes[0], "go on\n");
    stream_set_blocking($errors, true);
    while (!feof($errors)) {
        $text .= fread($errors, 8192);
    }
    judge($kind, $text);
    echo 'ends with ', proc_close($process), "\n";
}
unlink($program);

// A full disk.
$log = tempnam(sys_get_temp_dir(), 'log');
swoole_async_set(['log_file' => '/dev/full']);
lines(10);
swoole_async_set(['log_file' => $log]);
lines(1);
judge('full disk', file_get_contents($log));

// A limit for files ends nobody, whatever the process does with SIGXFSZ.
file_put_contents($log, '');
echo php_run(<<<PHP
    <?php
    $lines
    pcntl_signal(SIGXFSZ, SIG_DFL);
    posix_setrlimit(POSIX_RLIMIT_FSIZE, 1000, 1000);
    swoole_async_set(['log_file' => '$log']);
    lines(100);
    echo "not killed\\n";
    Swoole\Coroutine\\run(function () {
        var_dump(Swoole\Coroutine\System::writeFile('$log', str_repeat('x', 2000)), swoole_last_error());
    });
    PHP)[0];
echo filesize($log), "\n";
unlink($log);
?>
--EXPECT--
bool(true)
FIFO: [1,true,true,3001]
through
pipe: [1,true,true,3001]
ends with 0
through
socket: [1,true,true,3001]
ends with 0
full disk: [1,true,true,11]
not killed
bool(false)
int(27)
1000
