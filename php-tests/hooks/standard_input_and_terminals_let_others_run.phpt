--TEST--
php://stdin, a terminal and pipes: a read lets others run, and gives what plain PHP gives; a child that is forked meanwhile waits for nothing
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Process;
use function Swoole\Coroutine\{go, run};
require __DIR__ . '/../support.inc';

// A script whose standard input is a pipe or a terminal. It tells on its standard output that it waits: what it reads was
// written after another coroutine had told so.
$script = <<<'CODE'
    Swoole\Coroutine\run(function () {
        $reads = Swoole\Coroutine::create(function () {
            $stdin = fopen('php://stdin', 'r');
            $line = fgets($stdin);
            $rest = stream_get_contents($stdin);
            echo json_encode([$line, $rest, feof($stdin), fgets(STDIN)]), "\n";
        });
        echo "others run\n";
        Swoole\Coroutine::join([$reads]);
    });
    CODE;
$file = tempnam(sys_get_temp_dir(), 'stdin');
file_put_contents($file, "<?php\n$script\n");

echo "a pipe\n";
$command = proc_open([...php_command(), $file], [['pipe', 'r'], ['pipe', 'w']], $pipes);
echo fgets($pipes[1]);
fwrite($pipes[0], "one\ntwo\nthree");
fclose($pipes[0]);
echo stream_get_contents($pipes[1]);
proc_close($command);

echo "a terminal\n";
$command = proc_open([...php_command(), $file], [['pty'], ['pipe', 'w']], $pipes);
echo fgets($pipes[1]);
// Control and D ends a read at the beginning of a line: once for each of the two streams.
fwrite($pipes[0], "one\ntwo\n\x04\x04");
echo stream_get_contents($pipes[1]);
proc_close($command);

unlink($file);

echo "a fork\n";
run(function () {
    [$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $cat = proc_open(['cat'], [['pipe', 'r'], ['pipe', 'w']], $pipes);
    $reads = [
        go(fn () => print('pipe: ' . fgets($pipes[1]))),
        go(fn () => print('socket: ' . fgets($a))),
    ];
    $pid = pcntl_fork();
    if ($pid === 0) {
        fwrite($pipes[0], "from the child\n");
        Process::kill(getmypid(), SIGKILL);
    }
    Coroutine::join([$reads[0]]);
    pcntl_waitpid($pid, $status);
    echo 'child: signal ', pcntl_wtermsig($status), "\n";
    fwrite($b, "from the parent\n");
    Coroutine::join([$reads[1]]);
    fclose($pipes[0]);
    echo 'cat: ', proc_close($cat), "\n";
});
?>
--EXPECT--
a pipe
others run
["one\n","two\nthree",true,false]
a terminal
others run
["one\n","two\n",true,false]
a fork
pipe: from the child
child: signal 9
socket: from the parent
cat: 0
